import type { Clock } from '../../../shared/lib/clock.ts';
import { hkMonth } from '../../../shared/lib/hk-time.ts';
import type { Segments } from '../journal/segments.ts';
import { MEGABYTE } from '../store/disk-space.ts';
import { segmentPath } from '../store/segment-files.ts';
import { NextSegment, type SealedBecause, type Written } from './next-segment.ts';

export const SEGMENT_MEGABYTES = 16_384;

export interface RollerDeps extends Written {
  readonly dataDir: string;
  readonly segments: Segments;
  readonly megabytes: number;
  readonly clock: Clock;
  /** The journal goes on in another file, after this seq. */
  onRolled(seq: number): void;
  log(line: string): void;
}

/** Between two pieces of preparing, and after one that failed. Real ms. */
const PIECE_MS = 10;
const AGAIN_MS = 60_000;
const LOOK_MS = 1_000;

/** Lets the journal go on in another file each month, and where the present one has grown large. */
export class Roller {
  readonly #deps: RollerDeps;
  #next: NextSegment | null = null;
  #timer: NodeJS.Timeout | undefined;
  #lookMonoMs = Number.NEGATIVE_INFINITY;
  /** The journal's seq at the last look: without a new event nothing has become due. */
  #lookedAt: number | null = null;
  /** What the present file began with, bytes: what is carried over may by itself exceed a limit. */
  #carriedBytes = 0;

  constructor(deps: RollerDeps) {
    this.#deps = deps;
  }

  /** To be called often, between two steps: begins to prepare where it is time. */
  look(): void {
    const { clock, dataDir, journal, segments } = this.#deps;
    if (this.#next !== null || clock.monoMs() < this.#lookMonoMs) return;
    if (journal.seq === this.#lookedAt) return;
    this.#lookedAt = journal.seq;
    this.#lookMonoMs = clock.monoMs() + LOOK_MS;
    const why = this.#due();
    if (why === null) return;
    const ordinal = segments.live.ordinal + 1;
    try {
      this.#next = NextSegment.begin(segmentPath(dataDir, ordinal), this.#deps, ordinal);
      this.#soon(why);
    } catch (error) {
      this.#giveUp(error);
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#next?.drop();
    this.#next = null;
  }

  #due(): SealedBecause | null {
    const { db, journal, megabytes } = this.#deps;
    const first = db
      .query<[], { at: number }>("SELECT body ->> '$.at' AS at FROM journal ORDER BY seq LIMIT 1")
      .get();
    if (first === undefined) return null;
    if (hkMonth(first.at) !== hkMonth(journal.lastAtMs)) return 'month';
    return this.#bytes() - this.#carriedBytes > megabytes * MEGABYTE ? 'size' : null;
  }

  #bytes(): number {
    const { db } = this.#deps;
    return (db.pragma('page_count') as number) * (db.pragma('page_size') as number);
  }

  #soon(why: SealedBecause): void {
    this.#timer = setTimeout(() => {
      try {
        if (this.#next?.prepare()) this.#soon(why);
        else this.#goOn(why);
      } catch (error) {
        this.#giveUp(error);
      }
    }, PIECE_MS);
  }

  #goOn(why: SealedBecause): void {
    const { clock, db, journal, log, onRolled, segments } = this.#deps;
    const next = this.#next;
    if (next === null) return;
    const startedMs = performance.now();
    const left = next.goOn(segments.live, why, clock);
    const waitedMs = performance.now() - startedMs;
    this.#next = null;
    segments.rolled(left, db);
    this.#carriedBytes = this.#bytes();
    log(`the journal goes on in ${db.path}; its writer waited ${waitedMs.toFixed(1)} ms`);
    onRolled(journal.seq);
  }

  #giveUp(error: unknown): void {
    const { clock, log } = this.#deps;
    this.#next?.drop();
    this.#next = null;
    this.#lookedAt = null;
    this.#lookMonoMs = clock.monoMs() + AGAIN_MS;
    log(`the journal stays in its file for now: ${(error as Error).message}`);
  }
}
