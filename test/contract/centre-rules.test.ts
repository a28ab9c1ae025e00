import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PgCentre } from '../../src/main/engine/sync/pg-centre.ts';
import type { CentreLogin } from '../../src/training/centre/training-centre.ts';
import { TestCentre } from '../kit/centre.ts';
import { MemoryJournal } from '../kit/memory-journal.ts';

let centre: TestCentre;
let other: CentreLogin;
let port: PgCentre;

beforeAll(async () => {
  centre = await TestCentre.start();
  other = await centre.running.enrol('C8');
});
afterAll(() => centre.dispose());
beforeEach(async () => {
  await centre.empty();
  port = centre.port();
});
afterEach(() => port.close());

describe('two consoles', () => {
  test('neither sees nor touches the events of the other', async () => {
    const mine = new MemoryJournal('C7');
    const theirs = new MemoryJournal('C8');
    mine.grow(20);
    theirs.grow(7);
    const second = centre.port(other);
    await port.push(mine.batch(1, 20));
    expect(await second.hello(theirs.head())).toMatchObject({ value: { ackedSeq: 0 } });
    await second.push(theirs.batch(1, 7));
    expect(await port.hello(mine.head())).toMatchObject({ value: { ackedSeq: 20 } });
    expect(await second.push(theirs.batch(1, 7))).toMatchObject({ value: { ackedSeq: 7 } });
    second.close();
    expect((await centre.held('C7')).map(({ body }) => body)).toEqual(
      mine.rows.map(({ body }) => body),
    );
    expect((await centre.held('C8')).map(({ body }) => body)).toEqual(
      theirs.rows.map(({ body }) => body),
    );
  });

  test('two connections of one console that send the same at once are both answered', async () => {
    const journal = new MemoryJournal();
    journal.grow(2000);
    const second = centre.port();
    for (let from = 1; from <= 2000; from += 50) {
      const batch = journal.batch(from, from + 49);
      const answers = await Promise.all([port.push(batch), second.push(batch)]);
      for (const answer of answers) expect(answer).toMatchObject({ ok: true });
    }
    second.close();
    expect((await centre.held()).map(({ seq }) => seq)).toEqual(journal.rows.map(({ seq }) => seq));
  });

  test('a console that is not enrolled any more is refused by name', async () => {
    await centre.sql("UPDATE central.console SET login = 'console_old' WHERE console_id = 'C7'");
    expect(await port.hello(new MemoryJournal().head())).toMatchObject({
      ok: false,
      fault: { kind: 'refused', code: 'not-enrolled' },
    });
    await centre.sql("UPDATE central.console SET login = 'console_c7' WHERE console_id = 'C7'");
  });

  test('the centre notes what a console says of itself', async () => {
    await port.hello({ epoch: 1, seq: 4711, hash: new Uint8Array(32) });
    const rows = await centre.sql("SELECT * FROM central.console WHERE console_id = 'C7'");
    expect(rows[0]).toMatchObject({ claimed_epoch: 1, claimed_seq: '4711' });
  });
});

describe('no text can be refused for what it says', () => {
  const texts: Readonly<Record<string, string>> = {
    'an escaped zero': '{"note":"a\\u0000b"}',
    'a lone surrogate, escaped': '{"note":"\\ud800"}',
    'a lone surrogate as it is': '{"note":"\ud800"}',
    'a zero byte as it is': '{"note":"a\0b"}',
    'every control character': JSON.stringify({
      note: Array.from({ length: 0x20 }, (_, i) => String.fromCharCode(i)).join(''),
    }),
    'what is not JSON': '{"at":1,',
    'nothing at all': '',
    'quotes, backslashes and the end of a literal': `{"note":"'; DROP TABLE \\\\ $$ E'\\\\x00'"}`,
    'scripts of every width': '{"name":"陳大文 𠮷 مرحبا 👩‍👩‍👧 é"}',
    'a moment thirty years ahead': '{"at":2742080000000}',
    'the largest event': `"${'界'.repeat(21_844)}"`,
  };

  test.each(Object.entries(texts))('%s', async (_name, body) => {
    const journal = new MemoryJournal();
    journal.grow(1);
    journal.append(body);
    journal.grow(1);
    expect(await port.push(journal.batch(1, 3))).toMatchObject({ value: { ackedSeq: 3 } });
    const rows = await centre.sql<{ body: Buffer }>('SELECT body FROM central.event WHERE seq = 2');
    expect(rows[0]?.body).toEqual(Buffer.from(body, 'utf8'));
    expect(await centre.sql("SELECT * FROM central.audit('C7', 1)")).toEqual([
      { events: '3', first_seq: '1', last_seq: '3', bad_seq: null },
    ]);
  });
});

describe('batches that make no sense', () => {
  const hash = (n: number) => Buffer.alloc(32 * n);
  const batches: readonly [string, unknown[]][] = [
    ['no rows', [1, 1, [], Buffer.from(''), hash(0)]],
    ['a first seq of zero', [1, 0, [1], Buffer.from('x'), hash(1)]],
    ['ends beyond the bodies', [1, 1, [5], Buffer.from('x'), hash(1)]],
    ['bodies beyond the ends', [1, 1, [1], Buffer.from('xx'), hash(1)]],
    ['too few hashes', [1, 1, [1, 2], Buffer.from('xx'), hash(1)]],
    ['a missing end', [1, 1, [null], Buffer.from('x'), hash(1)]],
    ['a negative end', [1, 1, [-1, 1], Buffer.from('x'), hash(2)]],
    ['no bodies', [1, 1, [1], null, hash(1)]],
    ['nothing', [null, null, null, null, null]],
  ];

  test.each(batches)('%s', async (_name, values) => {
    const client = await centre.connectAs(centre.login);
    const push = 'SELECT * FROM central.push($1, $2, $3::integer[], $4, $5)';
    await expect(client.query(push, values)).rejects.toMatchObject({ code: 'P0B01' });
    await client.end();
    expect(await centre.held()).toEqual([]);
  });

  test('ends that run backwards', async () => {
    const client = await centre.connectAs(centre.login);
    const push = 'SELECT * FROM central.push($1, $2, $3::integer[], $4, $5)';
    const values = [1, 1, [5, 2, 6], Buffer.from('xxxxxx'), hash(3)];
    await expect(client.query(push, values)).rejects.toThrow();
    await client.end();
    expect(await centre.held()).toEqual([]);
  });
});

describe('days', () => {
  test('events stand in the partition of the day of receipt', async () => {
    const journal = new MemoryJournal();
    journal.grow(2);
    await port.push(journal.batch(1, 2));
    const rows = await centre.sql<{ part: string; day: string }>(
      `SELECT tableoid::regclass::text AS part, to_char(day, 'YYYYMMDD') AS day
         FROM central.event`,
    );
    expect(rows.map(({ part }) => part)).toEqual(rows.map(({ day }) => `central.event_${day}`));
  });

  test('partitions stand for two weeks ahead; making them again changes nothing', async () => {
    const again = await centre.sql<{ state: string }>(
      'SELECT state FROM central.ensure_partitions(14)',
    );
    expect(again.map(({ state }) => state)).toEqual(Array.from({ length: 15 }, () => 'there'));
  });

  test('the audit finds an event that was changed or taken away at the centre', async () => {
    const journal = new MemoryJournal();
    journal.grow(10);
    await port.push(journal.batch(1, 10));
    const audit = "SELECT bad_seq FROM central.audit('C7', 1)";
    expect(await centre.sql(audit)).toEqual([{ bad_seq: null }]);
    await centre.sql("UPDATE central.event SET body = body || ' ' WHERE seq = 6");
    expect(await centre.sql(audit)).toEqual([{ bad_seq: '6' }]);
    await centre.sql('DELETE FROM central.event WHERE seq = 4');
    expect(await centre.sql(audit)).toEqual([{ bad_seq: '5' }]);
    await centre.sql('DELETE FROM central.event WHERE seq > 3');
    expect(await centre.sql(audit)).toEqual([{ bad_seq: '4' }]);
  });
});
