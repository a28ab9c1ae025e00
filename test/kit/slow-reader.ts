/** A thread that reads one snapshot after the other without a gap, each held for a while. */
import { parentPort, workerData } from 'node:worker_threads';
import { rawDatabase } from './raw-database.ts';

const { path, holdMs } = workerData as { path: string; holdMs: number };
const handle = rawDatabase(path, { readonly: true });
// Cheap however long the table grows: the snapshot is held for as long as was asked, no longer.
const newest = handle.prepare('SELECT max(seq) FROM event').pluck();
let over = false;

function hold(): void {
  if (over) {
    handle.close();
    parentPort?.close();
    return;
  }
  handle.exec('BEGIN');
  newest.get();
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
