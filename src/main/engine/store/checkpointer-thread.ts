import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import type { CheckpointTiming } from './checkpointer.ts';

/**
 * Moves the WAL into the database beside the writer. With `busy_timeout=0` it gives way at once
 * and tries again: waiting inside SQLite, a reader could hold the writer up for seconds.
 *
 * A passive checkpoint does the copying, since it lets the writer go on; the writer then begins the
 * log anew by itself as soon as nobody reads from it. A long log that stays is restarted, which
 * keeps the writer out, but not for longer than a glance; and where readers follow one another
 * without a gap, so that a glance never finds it free, it waits for them once in a while, for less
 * than the writer may be held up.
 */
interface Settings {
  readonly path: string;
  readonly timing: CheckpointTiming;
}

interface Round {
  readonly busy: number;
  readonly log: number;
}

class Checkpoints {
  readonly #handle: Sqlite.Database;
  readonly #timing: CheckpointTiming;
  #waitedMonoMs = Number.NEGATIVE_INFINITY;
  /** Pages in the log at the last look; -1 when it could not be looked at. */
  pages = 0;

  constructor(handle: Sqlite.Database, timing: CheckpointTiming) {
    this.#handle = handle;
    this.#timing = timing;
  }

  #run(mode: 'PASSIVE' | 'RESTART', patienceMs = 0): Round {
    this.#handle.pragma(`busy_timeout = ${patienceMs}`);
    const [result] = this.#handle.pragma(`wal_checkpoint(${mode})`) as Round[];
    return result ?? { busy: 1, log: 0 };
  }

  /** Copies what can be copied; returns the ms until the next round. */
  round(): number {
    const { againMs, everyMs, longPages, tooLongPages, patienceMs, patientEveryMs } = this.#timing;
    try {
      this.pages = this.#run('PASSIVE').log;
      if (this.pages < longPages) return everyMs;
      const nowMs = performance.now();
      const wait = this.pages >= tooLongPages && nowMs - this.#waitedMonoMs >= patientEveryMs;
      if (wait) this.#waitedMonoMs = nowMs;
      return this.#run('RESTART', wait ? patienceMs : 0).busy === 0 ? everyMs : againMs;
    } catch {
      this.pages = -1;
      return everyMs;
    }
  }
}

function serve(port: NonNullable<typeof parentPort>, { path, timing }: Settings): void {
  const handle = new Sqlite(path, { timeout: 0 });
  handle.pragma('synchronous = FULL');
  const checkpoints = new Checkpoints(handle, timing);
  let timer: NodeJS.Timeout;
  const next = (): void => {
    const inMs = checkpoints.round();
    port.postMessage({ walPages: checkpoints.pages });
    timer = setTimeout(next, inMs);
  };
  timer = setTimeout(next, timing.everyMs);
  port.on('message', () => {
    clearTimeout(timer);
    handle.close();
    port.close();
  });
}

if (parentPort !== null) serve(parentPort, workerData as Settings);
