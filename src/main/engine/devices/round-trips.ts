/**
 * How a device answers what it is asked: how long its last answers took, and how many questions of
 * the last ten minutes got none. Told as health, from memory, and never journalled: what it was a
 * minute ago helps nobody later, and there are a thousand questions a second.
 */

import type { TripFigures } from './ports.ts';

/** Answers whose time is kept. */
export const KEPT_TRIPS = 512;
/** Questions are counted over so many minutes. */
export const COUNTED_MINUTES = 10;

const MINUTE_MS = 60_000;

interface Minute {
  /** Which minute since the clock began. */
  readonly n: number;
  asked: number;
  lost: number;
}

export class RoundTrips {
  readonly #monoMs: () => number;
  /** The last answers' times, the oldest overwritten. */
  readonly #trips = new Float64Array(KEPT_TRIPS);
  #taken = 0;
  #minutes: Minute[] = [];

  constructor(monoMs: () => number) {
    this.#monoMs = monoMs;
  }

  /** A question was answered so many real ms after it had left. */
  answered(tripMs: number): void {
    this.#trips[this.#taken % KEPT_TRIPS] = tripMs;
    this.#taken += 1;
    this.#minute().asked += 1;
  }

  /** A question got no answer in time. */
  lost(): void {
    const minute = this.#minute();
    minute.asked += 1;
    minute.lost += 1;
  }

  /** Worked out anew each time: not for every tick. */
  figures(): TripFigures {
    const n = Math.floor(this.#monoMs() / MINUTE_MS);
    const counted = this.#minutes.filter((one) => one.n > n - COUNTED_MINUTES);
    const asked = counted.reduce((sum, one) => sum + one.asked, 0);
    const lost = counted.reduce((sum, one) => sum + one.lost, 0);
    // What was quick before it fell silent says nothing of how it answers now.
    const kept = asked > lost ? Math.min(this.#taken, KEPT_TRIPS) : 0;
    const trips = this.#trips.slice(0, kept).sort();
    return {
      ...{ asked, lost },
      p50Ms: rankOf(trips, 0.5),
      p99Ms: rankOf(trips, 0.99),
    };
  }

  #minute(): Minute {
    const n = Math.floor(this.#monoMs() / MINUTE_MS);
    const last = this.#minutes.at(-1);
    if (last?.n === n) return last;
    const minute = { n, asked: 0, lost: 0 };
    this.#minutes = [...this.#minutes.filter((one) => one.n > n - COUNTED_MINUTES), minute];
    return minute;
  }
}

/** The nearest rank; whole ms from ten on, tenths below. */
function rankOf(sorted: Float64Array, share: number): number | null {
  const at = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (at === undefined) return null;
  return at < 10 ? Math.round(at * 10) / 10 : Math.round(at);
}
