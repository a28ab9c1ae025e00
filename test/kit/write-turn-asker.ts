/** A thread that has the writer keep out for some ms; says when it is out and when it may go on. */
import { parentPort, workerData } from 'node:worker_threads';
import { WriteTurn } from '../../src/main/engine/store/write-turn.ts';

interface Asked {
  readonly memory: SharedArrayBuffer;
  readonly holdMs: number;
  readonly patienceMs: number;
}

const { memory, holdMs, patienceMs } = workerData as Asked;
const now = () => Number(process.hrtime.bigint()) / 1e6;

const overMs = new WriteTurn(memory).without(patienceMs, () => {
  parentPort?.postMessage(now());
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, holdMs);
  return now();
});
parentPort?.postMessage(overMs);
