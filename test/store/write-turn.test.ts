import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { WriteTurn } from '../../src/main/engine/store/write-turn.ts';

/** Asks the writer out from a thread of its own, for some ms, and says when it was out and in. */
const ASKER = new URL('../kit/write-turn-asker.ts', import.meta.url);
/** Whoever waits in vain waits so long; whoever does not has gone on, on a busy machine too. */
const IN_VAIN_MS = 20_000;
const AT_ONCE_MS = 10_000;
const now = () => Number(process.hrtime.bigint()) / 1e6;

function ask(turn: WriteTurn, holdMs: number, patienceMs = 5_000) {
  const thread = new Worker(ASKER, { workerData: { memory: turn.memory, holdMs, patienceMs } });
  const out = once(thread, 'message') as Promise<[number]>;
  const back = out.then(() => once(thread, 'message')) as Promise<[number]>;
  return { thread, out, back, over: once(thread, 'exit') };
}

test('where nobody asks, a turn begins at once', () => {
  const turn = new WriteTurn();
  const beganMs = now();
  for (let i = 0; i < 1_000; i += 1) {
    turn.begin(IN_VAIN_MS);
    turn.end();
  }
  expect(now() - beganMs).toBeLessThan(AT_ONCE_MS);
});

test('the writer waits while the other has its turn, and goes on right after', async () => {
  const turn = new WriteTurn();
  const late: number[] = [];
  for (let i = 0; i < 4; i += 1) {
    const { out, back, over } = ask(turn, 200);
    await out;
    turn.begin(5_000);
    const goesOnMs = now();
    turn.end();
    const [backMs] = await back;
    await over;
    late.push(goesOnMs - backMs);
  }
  expect(Math.min(...late)).toBeGreaterThan(-1);
  // One who is not told waits for all its patience; one who is told, at the most for a processor.
  expect(Math.max(...late)).toBeLessThan(2_500);
});

test('the other begins when a turn is over, however short the pause', async () => {
  const turn = new WriteTurn();
  const { out, over } = ask(turn, 1_500);
  let isOut = false;
  void out.then(() => {
    isOut = true;
  });
  const endMs = now() + 20_000;
  let longestMs = 0;
  while (!isOut && now() < endMs) {
    const askedMs = now();
    turn.begin(5_000);
    longestMs = Math.max(longestMs, now() - askedMs);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    turn.end();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await over;
  expect(isOut).toBe(true);
  expect(longestMs).toBeGreaterThan(100);
});

test('neither waits longer than its patience', async () => {
  const turn = new WriteTurn();
  turn.begin(0);
  const { thread, out, over } = ask(turn, IN_VAIN_MS, 50);
  await out;
  turn.end();
  const beganMs = now();
  turn.begin(100);
  const waitedMs = now() - beganMs;
  expect(waitedMs).toBeGreaterThanOrEqual(90);
  expect(waitedMs).toBeLessThan(AT_ONCE_MS);
  turn.end();
  await thread.terminate();
  await over;
});

test('a thread that ends in the midst of its turn holds nobody up', async () => {
  const turn = new WriteTurn();
  const { thread, out, over } = ask(turn, 60_000);
  await out;
  await thread.terminate();
  await over;
  turn.letIn();
  const beganMs = now();
  turn.begin(IN_VAIN_MS);
  expect(now() - beganMs).toBeLessThan(AT_ONCE_MS);
});
