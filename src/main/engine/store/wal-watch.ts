import type { Clock } from '../../../shared/lib/clock.ts';

/** When a write-ahead log counts as one that cannot be begun anew. */
export interface LongLog {
  /** Pages of 4 KB. */
  readonly pages: number;
  readonly forMs: number;
}

/**
 * Twice what the checkpointer waits for readers at, for a minute: somebody then reads from the
 * journal without end, or the disk is too slow, and the log takes the disk's room.
 */
export const LONG_LOG: LongLog = { pages: 32_000, forMs: 60_000 };

/** Says once when the write-ahead log has stayed long, and again only after it was short. */
export class WalWatch {
  readonly #clock: Clock;
  readonly #long: LongLog;
  #sinceMonoMs: number | null = null;
  #told = false;

  constructor(clock: Clock, long: LongLog = LONG_LOG) {
    this.#clock = clock;
    this.#long = long;
  }

  /** Takes the log's length now, -1 where nobody could look; true where it is to be told. */
  isLong(pages: number): boolean {
    const nowMs = this.#clock.monoMs();
    // What could not be looked at is neither short nor long.
    if (pages >= 0 && pages < this.#long.pages) {
      this.#sinceMonoMs = null;
      this.#told = false;
    } else if (pages >= 0) {
      this.#sinceMonoMs ??= nowMs;
    }
    const since = this.#sinceMonoMs;
    if (this.#told || since === null || nowMs - since < this.#long.forMs) return false;
    this.#told = true;
    return true;
  }
}
