import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JournalRow } from '../../src/main/engine/sync/centre-port.ts';
import type { Mishap } from '../kit/memory-centre.ts';
import { UploadBench } from '../kit/upload-bench.ts';

const MISHAPS: readonly Mishap[] = [
  'none',
  'lost-before',
  'lost-after',
  'hang',
  'late',
  'busy',
  'throws',
];

/** What happens outside while the uploader runs. */
type Happening =
  | { what: 'grow'; count: number }
  | { what: 'pass'; ms: number }
  | { what: 'restart' }
  | { what: 'restore'; lost: number };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('grow'), count: fc.nat(250) }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('pass'), ms: fc.nat(20_000) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('restart') }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('restore'), lost: fc.nat(50) }) },
);

async function befall(bench: UploadBench, happened: Happening): Promise<void> {
  switch (happened.what) {
    case 'grow':
      bench.grow(happened.count);
      return;
    case 'pass':
      await bench.timers.pass(happened.ms);
      return;
    case 'restart':
      await bench.stop();
      bench.start();
      return;
    case 'restore':
      bench.centre.goBack(Math.max(0, bench.centre.held.length - happened.lost));
  }
}

/** The centre holds a prefix of the journal, in order, each event once. */
function isPrefix(held: readonly JournalRow[], journal: readonly JournalRow[]): boolean {
  return held.every((row, i) => row.seq === i + 1 && row.body === journal[i]?.body);
}

describe('whatever the line and the centre do', () => {
  test('the centre holds exactly the journal, in order and once, and all of it in the end', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...MISHAPS), { maxLength: 40 }),
        fc.array(happening, { maxLength: 20 }),
        async (mishaps, happenings) => {
          const bench = new UploadBench(mishaps, { maxRows: 100, sliceRows: 30 });
          bench.grow(150);
          bench.start();
          for (const happened of happenings) {
            await befall(bench, happened);
            expect(isPrefix(bench.centre.held, bench.journal.rows)).toBe(true);
          }
          expect(await bench.inStep()).toBe(true);
          expect(isPrefix(bench.centre.held, bench.journal.rows)).toBe(true);
          expect(bench.acked.at(-1) ?? 0).toBe(bench.journal.rows.length);
          expect(bench.centre.overlapped).toBe(false);
          await bench.stop();
          expect(bench.timers.count).toBe(0);
        },
      ),
      { numRuns: 150 },
    ));

  test('what it says of what waits is never more than what waits', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...MISHAPS), { maxLength: 20 }),
        async (mishaps) => {
          const bench = new UploadBench(mishaps, { maxRows: 100, sliceRows: 30 });
          bench.grow(300);
          bench.start();
          expect(await bench.inStep()).toBe(true);
          for (const state of bench.states) {
            expect(state.ackedSeq + state.waiting).toBeLessThanOrEqual(bench.journal.rows.length);
            expect(state.oldestUnackedMs === null).toBe(state.waiting === 0);
          }
          await bench.stop();
        },
      ),
      { numRuns: 60 },
    ));
});

describe('batches', () => {
  test('a backlog goes in batches of at most 1000 rows, read 100 at a time', async () => {
    const bench = new UploadBench();
    bench.grow(5000);
    bench.start();
    expect(await bench.inStep()).toBe(true);
    expect(bench.centre.pushes).toBe(5);
    expect(bench.journal.mostAsked).toBe(100);
    await bench.stop();
  });

  test('large events go in batches of at most 512 KiB', async () => {
    const bench = new UploadBench();
    for (let i = 0; i < 40; i += 1) bench.journal.append('x'.repeat(60_000));
    bench.start();
    expect(await bench.inStep()).toBe(true);
    expect(bench.centre.pushes).toBe(5);
    await bench.stop();
  });

  test('new events are gathered for 200 ms when nothing older waits', async () => {
    const bench = new UploadBench();
    bench.start();
    expect(await bench.inStep()).toBe(true);
    for (let i = 0; i < 10; i += 1) {
      bench.grow(1);
      await bench.timers.pass(15);
    }
    expect(bench.centre.pushes).toBe(0);
    await bench.timers.pass(60);
    expect(bench.centre.pushes).toBe(1);
    expect(bench.holdsAll()).toBe(true);
    await bench.stop();
  });

  test('a batch is halved when the centre is busy and grows by a tenth again', async () => {
    const bench = new UploadBench(['none', 'busy', 'none', 'busy']);
    bench.grow(20_000);
    bench.start();
    expect(await bench.inStep()).toBe(true);
    expect(bench.centre.sizes.slice(0, 6)).toEqual([1000, 500, 250, 250, 275, 302]);
    expect(Math.max(...bench.centre.sizes)).toBe(1000);
    await bench.stop();
  });

  test('the centre says how much it takes', async () => {
    const bench = new UploadBench();
    bench.centre.maxRows = 10;
    bench.grow(100);
    bench.start();
    expect(await bench.inStep()).toBe(true);
    expect(bench.centre.pushes).toBe(10);
    await bench.stop();
  });

  test('an event that the centre takes at no size is refused by its number', async () => {
    const bench = new UploadBench();
    bench.centre.maxBytes = 1000;
    bench.journal.grow(1);
    bench.journal.append('x'.repeat(2000));
    bench.start();
    await bench.timers.until(() => bench.states.at(-1)?.state === 'refused', 60_000);
    expect(bench.states.at(-1)).toMatchObject({ code: 'event-too-large', ackedSeq: 1 });
    expect(bench.states.at(-1)?.text).toContain('event 2');
    const { pushes } = bench.centre;
    await bench.timers.pass(60_000);
    expect(bench.centre.pushes - pushes).toBeLessThanOrEqual(7);
    await bench.stop();
  });
});

describe('states', () => {
  test('none, then in step, asked again by heartbeat when nothing is to be sent', async () => {
    const bench = new UploadBench();
    const uploader = bench.start();
    expect(uploader.state().state).toBe('none');
    await bench.timers.pass(60_000);
    expect(bench.turns).toEqual(['in-step']);
    expect(bench.centre.hellos).toBeGreaterThanOrEqual(12);
    expect(uploader.state().lastAnswerMonoMs).toBeGreaterThan(50_000);
    await bench.stop();
  });

  test('a centre that never answers is lost after the time-out, and found again', async () => {
    const bench = new UploadBench(['none', 'hang', 'hang', 'hang']);
    bench.grow(10);
    bench.start();
    await bench.timers.pass(9000);
    expect(bench.turns).toEqual(['in-step']);
    await bench.timers.pass(2000);
    expect(bench.states.at(-1)).toMatchObject({ state: 'lost', code: 'timeout', waiting: 10 });
    expect(bench.states.at(-1)?.oldestUnackedMs).toBeGreaterThanOrEqual(10_000);
    expect(await bench.inStep()).toBe(true);
    expect(bench.states.at(-1)).toMatchObject({ code: null, text: null, oldestUnackedMs: null });
    await bench.stop();
  });

  test('attempts are never further apart than five seconds in training', async () => {
    const bench = new UploadBench(Array.from({ length: 100 }, () => 'lost-before' as const));
    bench.grow(1);
    bench.start();
    await bench.timers.pass(60_000);
    const before = bench.centre.hellos;
    await bench.timers.pass(60_000);
    expect(bench.centre.hellos - before).toBeGreaterThanOrEqual(12);
    expect(bench.centre.hellos - before).toBeLessThanOrEqual(25);
    await bench.stop();
  });

  test('behind when the oldest waiting event is older than ten seconds', async () => {
    const bench = new UploadBench(Array.from({ length: 24 }, (_, i) => (i % 2 ? 'busy' : 'none')));
    bench.grow(1);
    bench.start();
    await bench.timers.until(() => bench.states.at(-1)?.state === 'behind', 60_000);
    expect(bench.states.at(-1)).toMatchObject({ state: 'behind', code: 'serialization' });
    expect(bench.states.at(-1)?.oldestUnackedMs).toBeGreaterThan(10_000);
    expect(await bench.inStep()).toBe(true);
    await bench.stop();
  });

  test('a word of a commit that was lost delays its events by a tick at most', async () => {
    const bench = new UploadBench();
    bench.start();
    expect(await bench.inStep()).toBe(true);
    bench.journal.grow(3);
    await bench.timers.pass(1300);
    expect(bench.holdsAll()).toBe(true);
    await bench.stop();
  });

  test('a fork stops the upload, which goes on when the centre was mended', async () => {
    const bench = new UploadBench();
    bench.grow(50);
    bench.start();
    expect(await bench.inStep()).toBe(true);
    await bench.stop();
    const mine = bench.centre.held;
    bench.centre.held = mine.map((row) => ({ ...row, hash: new Uint8Array(32).fill(7) }));
    bench.grow(10);
    bench.start();
    const { pushes } = bench.centre;
    await bench.timers.pass(35_000);
    expect(bench.states.at(-1)).toMatchObject({ state: 'fork', code: 'fork', waiting: 10 });
    expect(bench.centre.pushes).toBe(pushes);
    bench.centre.held = mine;
    expect(await bench.inStep()).toBe(true);
    await bench.stop();
  });

  test('a journal that ends before what the centre holds stops the upload', async () => {
    const bench = new UploadBench();
    bench.grow(50);
    bench.start();
    expect(await bench.inStep()).toBe(true);
    await bench.stop();
    bench.journal.rows.splice(40);
    bench.start();
    await bench.timers.pass(100);
    expect(bench.states.at(-1)).toMatchObject({ state: 'fork', code: 'journal-behind-centre' });
    await bench.stop();
  });

  test('a closed epoch is refused', async () => {
    const bench = new UploadBench();
    bench.centre.closedBefore = 2;
    bench.grow(5);
    bench.start();
    await bench.timers.pass(100);
    expect(bench.states.at(-1)).toMatchObject({ state: 'refused', code: 'epoch-closed' });
    expect(bench.centre.pushes).toBe(0);
    await bench.stop();
  });

  test('a wrong hash in the journal is refused, without flicker at each greeting', async () => {
    const bench = new UploadBench();
    bench.grow(5);
    const row = bench.journal.rows[2];
    if (row) bench.journal.rows[2] = { ...row, body: `${row.body} ` };
    bench.start();
    await bench.timers.pass(65_000);
    expect(bench.turns).toEqual(['in-step', 'refused']);
    expect(bench.states.at(-1)?.code).toBe('wrong-hash');
    expect(bench.centre.held).toEqual([]);
    await bench.stop();
  });

  test('a centre restored from a copy is obeyed and the person told', async () => {
    const bench = new UploadBench();
    bench.grow(2500);
    bench.start();
    expect(await bench.inStep()).toBe(true);
    bench.centre.goBack(700);
    const wentBack = () => bench.states.find(({ notices }) => notices.length > 0);
    await bench.timers.until(() => wentBack() !== undefined, 60_000);
    expect(wentBack()).toMatchObject({
      ...{ ackedSeq: 700, waiting: 1800, code: null },
      notices: [{ code: 'centre-went-back', text: expect.stringContaining('2500') }],
    });
    expect(await bench.inStep()).toBe(true);
    expect(bench.acked).toContain(700);
    expect(bench.states.at(-1)?.notices).toEqual([]);
    await bench.stop();
  });

  test('it is told too when the console was started again meanwhile', async () => {
    const bench = new UploadBench();
    bench.grow(2500);
    bench.start();
    expect(await bench.inStep()).toBe(true);
    await bench.stop();
    bench.centre.goBack(700);
    bench.states.length = 0;
    bench.start();
    expect(await bench.inStep()).toBe(true);
    expect(bench.states[0]?.notices).toMatchObject([{ code: 'centre-went-back' }]);
    expect(bench.states.at(-1)?.notices).toEqual([]);
    await bench.stop();
  });

  test('a later epoch begins at nothing: that is no centre which went back', async () => {
    const bench = new UploadBench();
    bench.journal.epoch = 2;
    bench.grow(300);
    // The cursor that was kept is of the epoch before.
    bench.acked.push(5000);
    bench.start();
    expect(await bench.inStep()).toBe(true);
    expect(bench.states.flatMap(({ notices }) => notices)).toEqual([]);
    bench.centre.goBack(0);
    await bench.timers.until(() => bench.states.at(-1)?.notices.length === 1, 60_000);
    expect(bench.states.at(-1)?.notices[0]?.text).toContain('acknowledged 300');
    await bench.stop();
  });

  test('what the centre tells is known within a heartbeat, also while much is sent', async () => {
    const bench = new UploadBench();
    bench.start();
    expect(await bench.inStep()).toBe(true);
    const text = 'the centre has not prepared the coming days: tell its administrator';
    bench.centre.notices = [{ code: 'centre-upkeep', text }];
    for (let i = 0; i < 60; i += 1) {
      bench.grow(20);
      await bench.timers.pass(100);
    }
    expect(bench.states.at(-1)?.notices).toEqual(bench.centre.notices);
    expect(bench.states.at(-1)?.state).toBe('in-step');
    await bench.stop();
  });

  test('and beside a fork', async () => {
    const bench = new UploadBench();
    bench.grow(50);
    bench.start();
    expect(await bench.inStep()).toBe(true);
    bench.centre.held = bench.centre.held.map((row) => ({ ...row, hash: new Uint8Array(32) }));
    const text = 'another console signs in to the centre under this name: boot 2';
    bench.centre.notices = [{ code: 'centre-second-console', text }];
    await bench.timers.pass(6000);
    expect(bench.states.at(-1)).toMatchObject({ state: 'fork', notices: [{ text }] });
    await bench.stop();
  });

  test('a journal that cannot be read is told, and the reading taken up again', async () => {
    const bench = new UploadBench();
    bench.grow(5);
    bench.start();
    expect(await bench.inStep()).toBe(true);
    const read = bench.journal.readAfter.bind(bench.journal);
    bench.journal.readAfter = () => {
      throw new Error('disk I/O error');
    };
    bench.grow(1);
    await bench.timers.pass(1000);
    expect(bench.states.at(-1)).toMatchObject({ state: 'refused', code: 'journal-unreadable' });
    bench.journal.readAfter = read;
    expect(await bench.inStep()).toBe(true);
    await bench.stop();
  });

  test('the age of a backlog from before the start is told by its own time', async () => {
    const bench = new UploadBench(Array.from({ length: 5 }, () => 'lost-before' as const));
    bench.journal.grow(5);
    const journal = Object.assign(bench.journal, {
      atOf: (seq: number) => bench.clock.wallMs() - 3_600_000 + seq,
    });
    expect(journal.rows.length).toBe(5);
    const uploader = bench.start();
    expect(uploader.state().oldestUnackedMs).toBe(3_600_000 - 1);
    await bench.stop();
  });
});
