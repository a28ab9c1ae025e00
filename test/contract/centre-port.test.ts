import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CentrePort, ZERO_HASH } from '../../src/main/engine/sync/centre-port.ts';
import { TestCentre } from '../kit/centre.ts';
import { MemoryCentre } from '../kit/memory-centre.ts';
import { MemoryJournal } from '../kit/memory-journal.ts';

/** One centre to try the port's rules on. */
interface Subject {
  open(): CentrePort;
  empty(): Promise<void>;
  held(): Promise<readonly { seq: number; body: string }[]>;
}

let pg: TestCentre;
let memory: MemoryCentre;

beforeAll(async () => {
  pg = await TestCentre.start();
});
afterAll(() => pg.dispose());

const subjects: Readonly<Record<string, Subject>> = {
  'a real PostgreSQL': {
    open: () => pg.port(),
    empty: () => pg.empty(),
    held: () => pg.held(),
  },
  'the centre in memory that stands in for it': {
    open: () => memory,
    empty() {
      memory = new MemoryCentre();
      return Promise.resolve();
    },
    held: () => Promise.resolve(memory.held.map(({ seq, body }) => ({ seq, body }))),
  },
};

async function acked(port: CentrePort, journal: MemoryJournal): Promise<number> {
  const hello = await port.hello(journal.head());
  if (!hello.ok) throw new Error(hello.fault.text);
  return hello.value.ackedSeq;
}

describe.each(Object.keys(subjects))('%s', (name) => {
  const subject = subjects[name]!;
  let port: CentrePort;
  let journal: MemoryJournal;

  beforeEach(async () => {
    await subject.empty();
    port = subject.open();
    journal = new MemoryJournal();
    journal.grow(30);
  });

  afterEach(() => port.close());

  test('knows nothing of a console at first', async () => {
    const hello = await port.hello(journal.head());
    expect(hello).toMatchObject({ ok: true, value: { ackedSeq: 0, maxRows: 1000 } });
    if (hello.ok) expect(Buffer.from(hello.value.ackedHash)).toEqual(Buffer.from(ZERO_HASH));
  });

  test('takes events in order and answers its head', async () => {
    expect(await port.push(journal.batch(1, 10))).toEqual({
      ok: true,
      value: { ackedSeq: 10, ackedHash: journal.hashAt(10) },
    });
    expect(await port.push(journal.batch(11, 30))).toMatchObject({ value: { ackedSeq: 30 } });
    expect(await subject.held()).toEqual(journal.rows.map(({ seq, body }) => ({ seq, body })));
  });

  test('a batch sent again, in whole or in part, changes nothing', async () => {
    await port.push(journal.batch(1, 20));
    for (const [from, to] of [
      [1, 20],
      [5, 9],
      [20, 20],
    ] as const) {
      const again = await port.push(journal.batch(from, to));
      expect(again).toEqual({ ok: true, value: { ackedSeq: 20, ackedHash: journal.hashAt(20) } });
    }
    expect(await subject.held()).toHaveLength(20);
  });

  test('a batch that overlaps adds only what is new', async () => {
    await port.push(journal.batch(1, 20));
    expect(await port.push(journal.batch(15, 30))).toMatchObject({ value: { ackedSeq: 30 } });
    expect(await subject.held()).toEqual(journal.rows.map(({ seq, body }) => ({ seq, body })));
  });

  test('a gap is refused and nothing of the batch kept', async () => {
    await port.push(journal.batch(1, 10));
    const gap = await port.push(journal.batch(12, 20));
    expect(gap).toMatchObject({ ok: false, fault: { kind: 'resume', code: 'gap' } });
    expect(await acked(port, journal)).toBe(10);
  });

  test('another journal under the same numbers is a fork, at its head and before it', async () => {
    await port.push(journal.batch(1, 20));
    const other = new MemoryJournal();
    other.grow(30, 'crossing.refused');
    for (const [from, to] of [
      [15, 30],
      [1, 20],
      [3, 7],
    ] as const) {
      const fork = await port.push(other.batch(from, to));
      expect(fork).toMatchObject({ ok: false, fault: { kind: 'fork', code: 'fork' } });
    }
    expect(await acked(port, journal)).toBe(20);
  });

  test('another journal that goes on where the first ends is refused by its hash', async () => {
    await port.push(journal.batch(1, 20));
    const other = new MemoryJournal();
    other.grow(30, 'crossing.refused');
    const refused = await port.push(other.batch(21, 30));
    expect(refused).toMatchObject({ ok: false, fault: { code: 'wrong-hash' } });
    expect(await subject.held()).toHaveLength(20);
  });

  test('one wrong hash in the middle refuses the whole batch', async () => {
    const batch = journal.batch(1, 30);
    const rows = batch.rows.map((row) =>
      row.seq === 17 ? { ...row, body: row.body.replace('L17', 'L18') } : row,
    );
    const refused = await port.push({ epoch: 1, rows });
    expect(refused).toMatchObject({ ok: false, fault: { kind: 'refused', code: 'wrong-hash' } });
    expect(await subject.held()).toEqual([]);
  });

  test('too many rows or bytes are refused as too large', async () => {
    journal.grow(1000);
    const many = await port.push(journal.batch(1, 1001));
    expect(many).toMatchObject({ ok: false, fault: { kind: 'too-large', code: 'too-many-rows' } });
    const heavy = new MemoryJournal();
    for (let i = 0; i < 9; i += 1) heavy.append('x'.repeat(60_000));
    const bytes = await port.push(heavy.batch(1, 9));
    expect(bytes).toMatchObject({ ok: false, fault: { code: 'too-many-bytes' } });
    expect(await port.push(heavy.batch(1, 8))).toMatchObject({ value: { ackedSeq: 8 } });
  });
});
