import { Worker } from 'node:worker_threads';
import { threadUrl } from './thread-url.ts';

const EVERY_MS = 1_000;

export interface Checkpointer {
  /** Pages in the write-ahead log at the last attempt; -1 when it could not be looked at. */
  walPages(): number;
  stop(): Promise<void>;
}

/** Keeps the write-ahead log short from a thread of its own; the writer never checkpoints. */
export function startCheckpointer(path: string, everyMs = EVERY_MS): Checkpointer {
  const url = threadUrl(import.meta.url, './checkpointer-thread.ts', './checkpointer-thread.js');
  const worker = new Worker(url, { workerData: { path, everyMs } });
  let walPages = 0;
  worker.on('message', (message: { walPages: number }) => {
    walPages = message.walPages;
  });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  return {
    walPages: () => walPages,
    async stop() {
      worker.postMessage('stop');
      await ended;
    },
  };
}
