import { Worker } from 'node:worker_threads';
import { threadUrl } from './thread-url.ts';
import type { WriteTurn } from './write-turn.ts';

/** When the log is copied and begun anew. Pages are of 4 KB. */
export interface CheckpointTiming {
  readonly everyMs: number;
  /** While a long log could not be begun anew it is tried again this soon. */
  readonly againMs: number;
  /** A log this long is restarted where nobody is in the way … */
  readonly longPages: number;
  /** … and one this long waits for readers to be through, but only so long and so often. */
  readonly tooLongPages: number;
  readonly patienceMs: number;
  readonly patientEveryMs: number;
}

const TIMING: CheckpointTiming = {
  everyMs: 1_000,
  againMs: 50,
  longPages: 1_000,
  tooLongPages: 16_000,
  patienceMs: 150,
  patientEveryMs: 2_000,
};

export interface Checkpointer {
  /** Pages in the write-ahead log at the last attempt; -1 when it could not be looked at. */
  walPages(): number;
  /** Cuts the log to nothing as soon as nobody reads from it, so that nothing erased is in it. */
  cut(): void;
  stop(): Promise<void>;
  /** The same, once the whole log is copied: for a file that is written no more. */
  finish(): Promise<void>;
}

/** Keeps the write-ahead log short from a thread of its own; the writer never checkpoints. */
export function startCheckpointer(
  path: string,
  turn: WriteTurn,
  timing: CheckpointTiming = TIMING,
): Checkpointer {
  const url = threadUrl(import.meta.url, './checkpointer-thread.ts', './checkpointer-thread.js');
  const worker = new Worker(url, { workerData: { path, timing, turn: turn.memory } });
  let walPages = 0;
  worker.on('message', (message: { walPages: number }) => {
    walPages = message.walPages;
  });
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      turn.letIn();
      resolve();
    });
  });
  const end = async (how: 'stop' | 'finish') => {
    worker.postMessage(how);
    await ended;
  };
  const cut = () => worker.postMessage('cut');
  return { walPages: () => walPages, cut, stop: () => end('stop'), finish: () => end('finish') };
}
