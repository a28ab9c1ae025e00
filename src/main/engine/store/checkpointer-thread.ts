import { parentPort, workerData } from 'node:worker_threads';
import type Sqlite from 'better-sqlite3';
import type { CheckpointTiming } from './checkpointer.ts';
import { openHandle } from './driver.ts';
import { WriteTurn } from './write-turn.ts';

/**
 * Moves the WAL into the database beside the writer. With `busy_timeout=0` it gives way at once
 * and tries again: waiting inside SQLite, a reader could hold the writer up for seconds.
 *
 * A passive checkpoint does the copying, since it lets the writer go on; the writer then begins the
 * log anew by itself as soon as nobody reads from it. A long log that stays is restarted, which
 * keeps the writer out while the rest is copied: so what came during the first copy, and then what
 * came during that, is copied beside the writer too, until hardly anything is left. Readers it does
 * not wait for; only where they follow one another without a gap, so that the log never is free, it
 * does so once in a while, for less than the writer may be held up.
 */
interface Settings {
  readonly path: string;
  readonly timing: CheckpointTiming;
  readonly turn: SharedArrayBuffer;
}

interface Round {
  readonly busy: number;
  readonly log: number;
}

/** Copies beside the writer before a restart: the last of them finds a page or two, or none. */
const CATCH_UPS = 4;

class Checkpoints {
  readonly #handle: Sqlite.Database;
  readonly #timing: CheckpointTiming;
  readonly #turn: WriteTurn;
  #waitedMonoMs = Number.NEGATIVE_INFINITY;
  #toCut = false;
  /** Pages in the log at the last look; -1 when it could not be looked at. */
  pages = 0;

  constructor(handle: Sqlite.Database, { timing, turn }: Settings) {
    this.#handle = handle;
    this.#timing = timing;
    this.#turn = new WriteTurn(turn);
  }

  #run(mode: 'PASSIVE' | 'RESTART' | 'TRUNCATE', patienceMs = 0): Round {
    this.#handle.pragma(`busy_timeout = ${patienceMs}`);
    const [result] = this.#handle.pragma(`wal_checkpoint(${mode})`) as Round[];
    return result ?? { busy: 1, log: 0 };
  }

  /** Copies all there is: the file is written no more. Where a reader is in the way it stays. */
  finish(): void {
    try {
      this.#run('TRUNCATE', this.#timing.patienceMs);
    } catch {
      // What is in the log is as durable there.
    }
  }

  /** Nothing that the log holds now is to stay in its file: from the next round that can. */
  cut(): void {
    this.#toCut = true;
  }

  /** Copies what can be copied; returns the ms until the next round. */
  round(): number {
    const { againMs, everyMs, longPages, tooLongPages, patienceMs, patientEveryMs } = this.#timing;
    try {
      this.pages = this.#run('PASSIVE').log;
      if (this.#toCut) {
        const cut = this.#turn.without(patienceMs, () => this.#run('TRUNCATE'));
        this.#toCut = cut.busy !== 0;
      }
      if (this.pages < longPages) return everyMs;
      for (let i = 0; i < CATCH_UPS; i += 1) this.#run('PASSIVE');
      const nowMs = performance.now();
      const wait = this.pages >= tooLongPages && nowMs - this.#waitedMonoMs >= patientEveryMs;
      if (wait) this.#waitedMonoMs = nowMs;
      const restart = () => this.#run('RESTART', wait ? patienceMs : 0);
      return this.#turn.without(patienceMs, restart).busy === 0 ? everyMs : againMs;
    } catch {
      this.pages = -1;
      return everyMs;
    }
  }
}

function serve(port: NonNullable<typeof parentPort>, settings: Settings): void {
  const { path, timing } = settings;
  const handle = openHandle(path, { timeout: 0 });
  handle.pragma('synchronous = FULL');
  const checkpoints = new Checkpoints(handle, settings);
  let timer: NodeJS.Timeout;
  const next = (): void => {
    const inMs = checkpoints.round();
    port.postMessage({ walPages: checkpoints.pages });
    timer = setTimeout(next, inMs);
  };
  timer = setTimeout(next, timing.everyMs);
  port.on('message', (how: 'cut' | 'stop' | 'finish') => {
    if (how === 'cut') {
      checkpoints.cut();
      return;
    }
    clearTimeout(timer);
    if (how === 'finish') checkpoints.finish();
    handle.close();
    port.close();
  });
}

if (parentPort !== null) serve(parentPort, workerData as Settings);
