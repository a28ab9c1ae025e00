import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';

/**
 * Moves the WAL into the database beside the writer. With `busy_timeout=0` it gives way at once
 * and tries again: waiting inside SQLite, a reader could hold the writer up for seconds.
 */
interface Settings {
  readonly path: string;
  readonly everyMs: number;
}

function serve(port: NonNullable<typeof parentPort>, settings: Settings): void {
  const handle = new Sqlite(settings.path, { timeout: 0 });
  handle.pragma('synchronous = FULL');
  const round = () => {
    try {
      const [result] = handle.pragma('wal_checkpoint(RESTART)') as { busy: number; log: number }[];
      port.postMessage({ busy: result?.busy ?? 1, walPages: result?.log ?? 0 });
    } catch (error) {
      port.postMessage({ busy: 1, walPages: -1, text: (error as Error).message });
    }
  };
  const timer = setInterval(round, settings.everyMs);
  port.on('message', () => {
    clearInterval(timer);
    handle.close();
    port.close();
  });
}

if (parentPort !== null) serve(parentPort, workerData as Settings);
