/** A thread that reads one snapshot after the other without a gap, each held for a while. */
import { parentPort, workerData } from 'node:worker_threads';
import { rawDatabase } from './raw-database.ts';

const { path, holdMs } = workerData as { path: string; holdMs: number };
const handle = rawDatabase(path, { readonly: true });
const count = handle.prepare('SELECT count(*) FROM event').pluck();
let over = false;

function hold(): void {
  if (over) {
    handle.close();
    parentPort?.close();
    return;
  }
  handle.exec('BEGIN');
  count.get();
  setTimeout(() => {
    handle.exec('COMMIT');
    hold();
  }, holdMs);
}

parentPort?.on('message', () => {
  over = true;
});
hold();
parentPort?.postMessage('reading');
