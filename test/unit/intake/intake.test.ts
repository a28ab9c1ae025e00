import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Input } from '../../../src/main/engine/core/input.ts';
import { Intake } from '../../../src/main/engine/intake/intake.ts';
import { LANE_LIMITS, type Waiting } from '../../../src/main/engine/intake/queue.ts';
import { ManualClock } from '../../../src/shared/lib/clock.ts';
import type { Result } from '../../../src/shared/lib/result.ts';
import { inLane, nameOf, noted } from './inputs.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** An intake over a step that only keeps what it is given, and may fail as a full disk does. */
function bench(perInputMs = 0, proof: () => Input | null = () => null) {
  const clock = new ManualClock(0);
  const batches: string[][] = [];
  const told: string[] = [];
  const state = { broken: null as string | null, seq: 0 };
  const intake = new Intake({
    clock,
    step: {
      run(batch: readonly Waiting[], more: () => Waiting | null): number {
        const all: Waiting[] = [];
        const take = (waiting: Waiting) => {
          all.push(waiting);
          clock.advance(perInputMs);
        };
        for (const waiting of batch) take(waiting);
        for (let next = more(); next !== null; next = more()) take(next);
        if (state.broken !== null) {
          throw Object.assign(new Error('no space'), { code: state.broken });
        }
        batches.push(all.map(({ input }) => nameOf(input)));
        state.seq += all.length;
        for (const { settle } of all) settle({ ok: true, value: 'done' });
        return state.seq;
      },
    },
    onCommitted: (seq) => void told.push(`committed ${seq}`),
    onFailing: (error) => void told.push(error === null ? 'well' : `failing: ${error.message}`),
    proof,
  });
  const answers: (Result<unknown> | null)[] = [];
  const submit = (input: Input) => void intake.submit(input).then((answer) => answers.push(answer));
  /** Lets the loop turn until nothing waits that can be written. */
  const turn = async (times = 50) => {
    for (let i = 0; i < times; i += 1) await vi.advanceTimersToNextTimerAsync();
  };
  const pass = async (ms: number) => {
    clock.advance(ms);
    await vi.advanceTimersByTimeAsync(ms);
  };
  return { intake, batches, told, state, submit, answers, turn, pass };
}

const DONE = { ok: true, value: 'done' } as const;

test('a batch is at most 16 inputs, the most urgent first', async () => {
  const { submit, batches, turn } = bench();
  for (let i = 1; i <= 20; i += 1) submit(inLane.live(i));
  submit(inLane.safety(1));
  await turn();
  expect(batches.map((batch) => batch.length)).toEqual([16, 5]);
  expect(batches[0]?.slice(0, 2)).toEqual(['safety 1', 'live 1']);
});

test('a batch ends after 2 ms, so that sockets are served between', async () => {
  const { submit, batches, turn } = bench(0.9);
  for (let i = 1; i <= 7; i += 1) submit(inLane.live(i));
  await turn();
  expect(batches.map((batch) => batch.length)).toEqual([3, 3, 1]);
});

test('bulk comes only when nothing else waits, and never in one batch with the rest', async () => {
  const { submit, batches, turn } = bench();
  submit(inLane.bulk(1));
  submit(inLane.bulk(2));
  submit(inLane.live(1));
  submit(inLane.command(1));
  await turn();
  expect(batches).toEqual([
    ['live 1', 'command 1'],
    ['bulk 1', 'bulk 2'],
  ]);
});

test('what comes during a drain of bulk is in the very next batch', async () => {
  const { submit, batches, intake } = bench();
  for (let i = 1; i <= 40; i += 1) submit(inLane.bulk(i));
  await vi.advanceTimersToNextTimerAsync();
  submit(inLane.live(1));
  await vi.advanceTimersToNextTimerAsync();
  expect(batches[0]).toHaveLength(12);
  expect(batches[1]).toEqual(['live 1']);
  expect(intake.waiting()).toBe(28);
});

test('a commit of bulk is over after 2 ms too, however much of it waits', async () => {
  const { submit, batches, turn } = bench(0.9);
  for (let i = 1; i <= 7; i += 1) submit(inLane.bulk(i));
  await turn();
  expect(batches.map((batch) => batch.length)).toEqual([3, 3, 1]);
});

test('bulk gathers into one commit; what else comes has its turn at once', async () => {
  const { submit, batches, pass } = bench();
  submit(inLane.bulk(1));
  await pass(1);
  submit(inLane.live(2));
  submit(inLane.bulk(3));
  await pass(0.9);
  expect(batches).toEqual([['live 2']]);
  await pass(0.2);
  expect(batches).toEqual([['live 2'], ['bulk 1', 'bulk 3']]);
});

test('bulk keeps aside while a board owes an answer at a gate, but not for long', async () => {
  const { intake, submit, batches, pass } = bench();
  intake.awaited(1);
  submit(inLane.bulk(1));
  submit(inLane.live(2));
  for (let ms = 0; ms < 10; ms += 2) await pass(2);
  expect(batches).toEqual([['live 2']]);
  intake.awaited(-1);
  await pass(2);
  expect(batches[1]).toEqual(['bulk 1']);
  // A board that is dead owes its answer for longer than the others' backlog can wait.
  intake.awaited(1);
  for (let n = 1; n <= 14; n += 1) submit(inLane.bulk(n));
  for (let ms = 0; ms < 20; ms += 2) await pass(2);
  expect(batches).toHaveLength(2);
  await pass(2);
  await pass(2);
  expect(batches.slice(2).map((batch) => batch.length)).toEqual([12]);
  for (let ms = 0; ms < 22; ms += 2) await pass(2);
  expect(batches.slice(2).map((batch) => batch.length)).toEqual([12, 2]);
});

test('an asker is answered with what the step said, after its commit', async () => {
  const { submit, answers, told, turn } = bench();
  submit(inLane.command(1));
  expect(answers).toEqual([]);
  await turn();
  expect(answers).toEqual([DONE]);
  expect(told).toEqual(['committed 1']);
});

test('a full lane answers at once; how many were turned away is written first of all', async () => {
  const { submit, answers, batches, turn } = bench();
  const limit = LANE_LIMITS.command;
  for (let i = 1; i <= limit + 3; i += 1) submit(inLane.command(i));
  await Promise.resolve();
  const full = { code: 'intake-full', text: 'too many inputs wait in lane command' };
  expect(answers).toEqual([1, 2, 3].map(() => ({ ok: false, fault: full })));
  await turn(100);
  expect(batches[0]?.[0]).toBe('noted');
  expect(batches.flat().filter((name) => name === 'noted')).toHaveLength(1);
});

test('a full safety lane cannot hide that it was full', async () => {
  const { submit, batches, turn } = bench();
  for (let i = 0; i < LANE_LIMITS.safety + 5; i += 1) submit(inLane.safety(i));
  await turn(200);
  expect(batches[0]?.[0]).toBe('noted');
  expect(batches.flat().filter((name) => name === 'noted')).toHaveLength(1);
  expect(batches.flat()).toHaveLength(LANE_LIMITS.safety + 1);
});

test('while the journal cannot be written, inputs wait in order', async () => {
  const { submit, answers, batches, told, state, turn } = bench();
  state.broken = 'SQLITE_FULL';
  for (let i = 1; i <= 20; i += 1) submit(inLane.live(i));
  submit(inLane.bulk(1));
  await turn(10);
  expect(told).toEqual(['failing: no space']);
  expect(answers).toEqual([]);
  state.broken = null;
  await turn();
  expect(told).toEqual([
    'failing: no space',
    'well',
    'committed 16',
    'committed 20',
    'committed 21',
  ]);
  const order = Array.from({ length: 20 }, (_, i) => `live ${i + 1}`);
  expect(batches.flat()).toEqual([...order, 'bulk 1']);
  expect(answers).toHaveLength(21);
});

test('what proves that it can be written goes first, even where nothing waits', async () => {
  let proofs = 0;
  const { submit, batches, told, state, turn } = bench(0, () => {
    proofs += 1;
    return noted('console');
  });
  submit(inLane.live(1));
  await turn();
  expect(proofs).toBe(0);
  state.broken = 'SQLITE_FULL';
  submit(inLane.command(1));
  await turn(20);
  expect(proofs).toBeGreaterThan(5);
  state.broken = null;
  submit(inLane.live(2));
  submit(inLane.bulk(1));
  await turn();
  expect(told).toEqual(['committed 1', 'failing: no space', 'well', 'committed 3', 'committed 4']);
  expect(batches).toEqual([['live 1'], ['noted', 'live 2'], ['bulk 1']]);
});

test('it is tried four times a second, however many inputs come meanwhile', async () => {
  const { submit, state, told } = bench();
  state.broken = 'SQLITE_IOERR_WRITE';
  const tries = { n: 0 };
  Object.defineProperty(state, 'broken', {
    get: () => {
      tries.n += 0.5;
      return 'SQLITE_IOERR_WRITE';
    },
  });
  for (let i = 1; i <= 500; i += 1) {
    submit(inLane.live(i));
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(told).toEqual(['failing: no space']);
  expect(tries.n).toBeGreaterThan(15);
  expect(tries.n).toBeLessThanOrEqual(22);
});

test('what people ask is answered at once then, and not done when it is well again', async () => {
  const { submit, answers, batches, state, turn } = bench();
  state.broken = 'SQLITE_FULL';
  submit(inLane.live(1));
  submit(inLane.command(1));
  submit(noted('person'));
  await turn(3);
  submit(inLane.command(2));
  await turn(3);
  expect(answers).toHaveLength(3);
  for (const answer of answers) {
    expect(answer).toMatchObject({ ok: false, fault: { code: 'not-written' } });
  }
  submit(noted('console'));
  state.broken = null;
  await turn();
  expect(batches.flat()).toEqual(['live 1', 'noted']);
  submit(inLane.command(3));
  await turn();
  expect(answers.at(-1)).toEqual(DONE);
});

test('a mistake of ours is not taken for a failure of the disk: it stops the engine', () => {
  vi.useRealTimers();
  const { submit, state, intake } = bench();
  state.broken = 'SQLITE_CONSTRAINT_PRIMARYKEY';
  const caught = new Promise<unknown>((resolve) => {
    const before = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.once('uncaughtException', (error) => {
      for (const listener of before) process.on('uncaughtException', listener);
      resolve(error);
    });
  });
  submit(inLane.live(1));
  return expect(caught)
    .resolves.toMatchObject({ code: state.broken })
    .then(() => {
      expect(intake.waiting()).toBe(0);
    });
});

test('stopping takes nothing new, writes what waits, and then is over', async () => {
  const { intake, submit, answers, batches, turn } = bench();
  for (let i = 1; i <= 40; i += 1) submit(inLane.bulk(i));
  let over = false;
  void intake.stop().then(() => {
    over = true;
  });
  submit(inLane.live(1));
  await Promise.resolve();
  expect(answers).toMatchObject([{ ok: false, fault: { code: 'stopping' } }]);
  expect(over).toBe(false);
  await turn();
  expect(over).toBe(true);
  expect(batches.flat()).toHaveLength(40);
});

test('an idle intake stops at once', async () => {
  const { intake } = bench();
  await intake.stop();
  expect(intake.waiting()).toBe(0);
});

test('stopping while the journal cannot be written gives up and says so', async () => {
  for (const stopFirst of [false, true]) {
    const { intake, submit, answers, state, turn, told } = bench();
    state.broken = 'SQLITE_FULL';
    submit(inLane.live(1));
    if (!stopFirst) await turn(3);
    const stopped = intake.stop();
    if (!stopFirst) expect(vi.getTimerCount()).toBe(0);
    await turn(3);
    await stopped;
    expect(answers).toMatchObject([{ ok: false, fault: { code: 'not-written' } }]);
    expect(intake.waiting()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
    expect(told).toHaveLength(1);
  }
});
