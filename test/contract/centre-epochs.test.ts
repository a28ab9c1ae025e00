import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CentreNotice } from '../../src/main/engine/sync/centre-port.ts';
import type { PgCentre } from '../../src/main/engine/sync/pg-centre.ts';
import { TestCentre } from '../kit/centre.ts';
import { MemoryJournal } from '../kit/memory-journal.ts';

let centre: TestCentre;
let port: PgCentre;
/** Epoch 1 as the console once wrote it. */
let first: MemoryJournal;

beforeAll(async () => {
  centre = await TestCentre.start();
});
afterAll(() => centre.dispose());
beforeEach(async () => {
  await centre.empty();
  port = centre.port();
  first = new MemoryJournal();
  first.grow(60);
});
afterEach(() => port.close());

const hex = (hash: Uint8Array | null) => Buffer.from(hash ?? []).toString('hex');

/** Epoch 2, its first event being such a text. */
function goesOn(body: string): MemoryJournal {
  const journal = new MemoryJournal('C7', first);
  journal.append(body);
  journal.grow(4);
  return journal;
}

function opening(data: object, kind = 'epoch.opened'): string {
  return JSON.stringify({ console: 'C7', data, epoch: 2, kind, seq: 1 });
}

/** As a console begins it that was restored from a copy which ends at `seq`. */
function restoredAt(seq: number, journal = first): MemoryJournal {
  const later = new MemoryJournal('C7', journal.copyTo(seq));
  later.open();
  later.grow(4);
  return later;
}

/** What the centre noted of an epoch's beginning. */
async function noted(epoch = 2): Promise<unknown> {
  const rows = await centre.sql(
    `SELECT parent_epoch, parent_seq::integer, encode(parent_hash, 'hex') AS parent_hash,
         parent_state, lost_from::integer, lost_to::integer
       FROM central.chain WHERE console_id = 'C7' AND epoch = $1`,
    [epoch],
  );
  return rows[0];
}

async function noticesTo(journal: MemoryJournal): Promise<readonly CentreNotice[]> {
  const hello = await port.hello(journal.head());
  if (!hello.ok) throw new Error(hello.fault.text);
  return hello.value.notices;
}

describe('a console that was restored from an older copy begins a later epoch', () => {
  test('what it lost is noted, told to it, and stays held here', async () => {
    await port.push(first.batch(1, 57));
    const second = restoredAt(40);
    expect(await port.push(second.batch(1, 5))).toMatchObject({ value: { ackedSeq: 5 } });
    expect(await noted()).toEqual({
      ...{ parent_epoch: 1, parent_seq: 40, parent_hash: hex(first.hashAt(40)) },
      ...{ parent_state: 'agrees', lost_from: 41, lost_to: 57 },
    });
    expect(await noticesTo(second)).toEqual([
      {
        code: 'centre-epoch',
        text: 'the centre holds events 41 to 57 of epoch 1, which are lost here',
      },
    ]);
    expect(await centre.held('C7', 1)).toHaveLength(57);
    expect(await centre.held('C7', 2)).toHaveLength(5);
    for (const epoch of [1, 2]) {
      const [audit] = await centre.sql<{ bad_seq: null }>('SELECT * FROM central.audit($1, $2)', [
        ...['C7', epoch],
      ]);
      expect(audit?.bad_seq).toBe(null);
    }
  });

  test('nothing was lost: nothing is told', async () => {
    await port.push(first.batch(1, 57));
    const second = restoredAt(57);
    await port.push(second.batch(1, 5));
    expect(await noted()).toMatchObject({ parent_state: 'agrees', lost_from: null });
    expect(await noticesTo(second)).toEqual([]);
  });

  test('an empty copy lost all that is held', async () => {
    await port.push(first.batch(1, 57));
    const second = restoredAt(0);
    await port.push(second.batch(1, 1));
    expect(await noted()).toMatchObject({ parent_state: 'agrees', lost_from: 1, lost_to: 57 });
  });

  test('what never came here of the earlier epoch is noted and told', async () => {
    await port.push(first.batch(1, 30));
    const second = restoredAt(50);
    await port.push(second.batch(1, 5));
    expect(await noted()).toMatchObject({ parent_state: 'lacking', lost_from: 31, lost_to: 50 });
    expect((await noticesTo(second))[0]?.text).toBe(
      'the centre lacks events 31 to 50 of epoch 1, which is closed',
    );
  });

  test.each([40, 57])('another event is held at %i: that is noted and told', async (seq) => {
    await port.push(first.batch(1, 57));
    const other = new MemoryJournal();
    other.grow(60, 'crossing.refused');
    const second = restoredAt(seq, other);
    expect(await port.push(second.batch(1, 5))).toMatchObject({ value: { ackedSeq: 5 } });
    expect(await noted()).toMatchObject({ parent_state: 'differs', parent_seq: seq });
    expect((await noticesTo(second))[0]).toMatchObject({
      code: 'centre-epoch',
      text: `the centre holds another event ${seq} of epoch 1, from which this one goes on`,
    });
  });

  test('an event that retention took away cannot be compared', async () => {
    await port.push(first.batch(1, 57));
    await centre.sql("DELETE FROM central.event WHERE console_id = 'C7' AND seq < 50");
    const second = restoredAt(40);
    await port.push(second.batch(1, 5));
    expect(await noted()).toMatchObject({ parent_state: 'unproved' });
    expect((await noticesTo(second))[0]?.text).toContain('no longer holds event 40 of epoch 1');
  });

  const good = { parentEpoch: 1, parentSeq: 40, parentHash: 'ab'.repeat(32) };
  const unreadable: Readonly<Record<string, string>> = {
    'another kind': opening(good, 'engine.started'),
    'no data': opening([]),
    'itself as its parent': opening({ ...good, parentEpoch: 2 }),
    'a parent before the first': opening({ ...good, parentEpoch: 0 }),
    'a seq below zero': opening({ ...good, parentSeq: -1 }),
    'a seq beyond all numbers': opening({ ...good, parentSeq: 1e30 }),
    'a seq that is a text': opening({ ...good, parentSeq: 'forty' }),
    'a hash that is too short': opening({ ...good, parentHash: 'ab'.repeat(31) }),
    'a hash that is none': opening({ ...good, parentHash: 'xy'.repeat(32) }),
    'a zero in a text': opening({ ...good, note: 'a\0b' }),
    'no text': '',
    'half a text': '{"at":1,',
    'nothing at all': 'null',
    'a lone surrogate': '"\\ud800"',
    'a text nested without end': '['.repeat(60_000),
  };
  test.each(Object.keys(unreadable))('%s is taken, and noted as unread', async (name) => {
    await port.push(first.batch(1, 57));
    const second = goesOn(unreadable[name]!);
    expect(await port.push(second.batch(1, 5))).toMatchObject({ value: { ackedSeq: 5 } });
    expect(await noted()).toMatchObject({
      ...{ parent_epoch: null, parent_seq: null, parent_hash: null, parent_state: 'unread' },
    });
    expect((await noticesTo(second))[0]?.text).toContain('cannot read from where');
  });

  test('is told for a day', async () => {
    await port.push(first.batch(1, 57));
    const second = restoredAt(40);
    await port.push(second.batch(1, 5));
    await centre.sql("UPDATE central.chain SET opened_at = opened_at - interval '25 hours'");
    expect(await noticesTo(second)).toEqual([]);
    expect(await noted()).toMatchObject({ parent_state: 'agrees', lost_from: 41 });
  });
});

describe('an earlier epoch', () => {
  const closed = { ok: false, fault: { kind: 'refused', code: 'epoch-closed' } };

  test('is closed for ever by a later one, which starts at 1', async () => {
    await port.push(first.batch(1, 57));
    const second = restoredAt(40);
    await port.push(second.batch(1, 2));
    expect(await port.push(first.batch(58, 60))).toMatchObject(closed);
    expect(await port.push(first.batch(1, 57))).toMatchObject(closed);
    expect(await port.hello(first.head())).toMatchObject({ value: { epochState: 'closed' } });
    expect(await port.hello(second.head())).toMatchObject({ value: { epochState: 'open' } });
    expect(await centre.held('C7', 1)).toHaveLength(57);
  });

  test('is closed too when an epoch was left out', async () => {
    await port.push(first.batch(1, 57));
    const fourth = restoredAt(57);
    fourth.epoch = 4;
    await port.push(fourth.batch(1, 2));
    expect(await noted(4)).toMatchObject({ parent_state: 'agrees', parent_epoch: 1 });
    expect(await port.push(first.batch(58, 60))).toMatchObject(closed);
    expect(await port.push(restoredAt(40).batch(1, 2))).toMatchObject(closed);
  });

  test('is not closed by a later one that does not begin at 1, or with a wrong hash', async () => {
    await port.push(first.batch(1, 57));
    const second = restoredAt(40);
    expect(await port.push(second.batch(2, 5))).toMatchObject({ fault: { code: 'gap' } });
    const batch = second.batch(1, 1);
    const rows = batch.rows.map((row) => ({ ...row, body: `${row.body} ` }));
    expect(await port.push({ ...batch, rows })).toMatchObject({ fault: { code: 'wrong-hash' } });
    expect(await port.push(first.batch(58, 60))).toMatchObject({ value: { ackedSeq: 60 } });
  });

  /** Resolves when so many sessions of the console wait for a lock. */
  async function waiting(count: number): Promise<void> {
    for (let tries = 0; tries < 500; tries += 1) {
      const [row] = await centre.sql<{ n: number }>(
        `SELECT count(*)::integer AS n FROM pg_stat_activity
           WHERE usename = 'console_c7' AND wait_event_type = 'Lock'`,
      );
      if (row?.n === count) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`never were ${count} sessions waiting`);
  }

  test.each([
    ['before the later epoch begins', true, 60],
    ['after the later epoch began', false, 57],
  ])('with a batch under way %s never grows after it was closed', async (_, isFirst, head) => {
    await port.push(first.batch(1, 57));
    const another = centre.port();
    await another.hello(first.head());
    // Both wait for the chain's row of epoch 1, in this order.
    await centre.sql('BEGIN');
    await centre.sql("SELECT FROM central.chain WHERE console_id = 'C7' FOR UPDATE");
    const last = () => port.push(first.batch(58, 60));
    const begin = () => another.push(restoredAt(40).batch(1, 5));
    const one = isFirst ? last() : begin();
    await waiting(1);
    const two = isFirst ? begin() : last();
    await waiting(2);
    await centre.sql('COMMIT');
    const [pushed, begun] = isFirst ? [await one, await two] : [await two, await one];
    another.close();
    expect(begun).toMatchObject({ ok: true });
    expect(pushed).toMatchObject(isFirst ? { ok: true } : closed);
    expect(await centre.held('C7', 1)).toHaveLength(head);
    expect(await noted()).toMatchObject({ lost_from: 41, lost_to: head });
  });
});

describe('two consoles under one name', () => {
  let other: PgCentre;
  beforeEach(async () => {
    await centre.sql('DELETE FROM central.boot');
    port.close();
    port = centre.port(centre.login, 'boot-a');
    other = centre.port(centre.login, 'boot-b');
  });
  afterEach(() => other.close());

  /** Lets so much time go by, for what the centre remembers of boots. */
  const pass = (seconds: number) =>
    centre.sql(
      `UPDATE central.boot SET first_at = first_at - interval '${seconds} seconds',
         last_at = last_at - interval '${seconds} seconds'`,
    );
  async function told(console: PgCentre): Promise<string | null> {
    const hello = await console.hello(first.head());
    if (!hello.ok) throw new Error(hello.fault.text);
    return hello.value.notices[0]?.text ?? null;
  }
  const twinOf = (boot: string) =>
    `another console signs in to the centre under this name: boot ${boot}`;

  test('are told of each other as soon as the earlier is heard after the later', async () => {
    expect(await told(port)).toBe(null);
    await pass(60);
    expect(await told(other)).toBe(null);
    await pass(10);
    expect(await told(port)).toBe(twinOf('boot-b'));
    expect(await told(other)).toBe(twinOf('boot-a'));
    await pass(60);
    expect(await told(other)).toBe(twinOf('boot-a'));
  });

  test('are told no longer once one of them has fallen silent', async () => {
    await told(port);
    await told(other);
    await pass(10);
    expect(await told(port)).toBe(twinOf('boot-b'));
    await pass(160);
    expect(await told(port)).toBe(twinOf('boot-b'));
    await pass(20);
    expect(await told(port)).toBe(null);
  });

  test('a console that was started again is not two', async () => {
    await told(port);
    expect(await told(other)).toBe(null);
    await pass(60);
    expect(await told(other)).toBe(null);
    const third = centre.port(centre.login, 'boot-c');
    expect(await told(third)).toBe(null);
    third.close();
  });

  test('nor when the last word of the one that ended comes late', async () => {
    await told(port);
    await told(other);
    expect(await told(port)).toBe(null);
    await pass(60);
    expect(await told(other)).toBe(null);
  });

  test('three of them are found too, and no number of boots fills the table', async () => {
    const third = centre.port(centre.login, 'boot-c');
    for (const one of [port, other, third]) {
      await told(one);
      await pass(10);
    }
    expect(await told(port)).toBe(twinOf('boot-c'));
    third.close();
    const client = await centre.connectAs(centre.login);
    for (let i = 0; i < 60; i += 1) {
      await client.query("SELECT * FROM central.hello(1, 0, '', $1)", [`boot-${i}`]);
    }
    await client.end();
    const [row] = await centre.sql<{ n: number }>(
      'SELECT count(*)::integer AS n FROM central.boot',
    );
    expect(row?.n).toBeLessThanOrEqual(21);
  });

  test('a console of before there were boots is answered as ever', async () => {
    const client = await centre.connectAs(centre.login);
    const hello = await client.query("SELECT * FROM central.hello(1, 0, '')");
    await client.end();
    expect(hello.rows[0]).toMatchObject({ acked_seq: '0', epoch_state: 'new', other_boot: null });
    expect(await centre.sql('SELECT FROM central.boot')).toEqual([]);
  });
});
