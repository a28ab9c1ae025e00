import type { VisitEnd } from './visit.ts';

/** Over how much real time decisions are looked at. */
const WINDOW_MS = 1500;
/** No answer counts as this late. */
const NO_ANSWER_MS = 2000;
const MOST = 4096;

/** What the world has seen of the gates: how long decisions take, and how visits end. */
export class Meter {
  readonly #monoMs: () => number;
  #lately: { readonly atMonoMs: number; readonly ms: number }[] = [];
  readonly #ends: Record<VisitEnd, number> = {
    passed: 0,
    'turned-away': 0,
    'not-taken': 0,
    'moved-on': 0,
  };
  #answered = 0;
  #unanswered = 0;

  constructor(monoMs: () => number) {
    this.#monoMs = monoMs;
  }

  decision(ms: number | null): void {
    if (ms === null) this.#unanswered += 1;
    else this.#answered += 1;
    this.#lately.push({ atMonoMs: this.#monoMs(), ms: ms ?? NO_ANSWER_MS });
    if (this.#lately.length > MOST) this.#lately.shift();
  }

  ended(end: VisitEnd): void {
    this.#ends[end] += 1;
  }

  /** The 95th percentile of swipe to relay of the last moments, real ms; 0 for none. */
  p95Ms(): number {
    const oldest = this.#monoMs() - WINDOW_MS;
    while ((this.#lately[0]?.atMonoMs ?? oldest) < oldest) this.#lately.shift();
    // A handful says little: one referred person must not slow the zone.
    if (this.#lately.length < 15) return 0;
    const sorted = this.#lately.map(({ ms }) => ms).sort((a, b) => a - b);
    return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
  }

  counts() {
    return { ...this.#ends, answered: this.#answered, unanswered: this.#unanswered };
  }
}
