import type { LinkTimers } from '../../src/shared/contract/transport/carrier.ts';

interface Waiting {
  readonly atMs: number;
  readonly run: () => void;
}

/** Time that a test moves by hand. */
export class ManualTimers implements LinkTimers {
  readonly #waiting = new Set<Waiting>();
  #now = 0;

  nowMs(): number {
    return this.#now;
  }

  after(delayMs: number, run: () => void): () => void {
    const entry = { atMs: this.#now + delayMs, run };
    this.#waiting.add(entry);
    return () => this.#waiting.delete(entry);
  }

  /** Lets time pass, calling back in order of time, also what was asked for meanwhile. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (let next = this.#next(until); next !== undefined; next = this.#next(until)) {
      this.#waiting.delete(next);
      this.#now = next.atMs;
      next.run();
    }
    this.#now = until;
  }

  #next(untilMs: number): Waiting | undefined {
    return [...this.#waiting]
      .filter((entry) => entry.atMs <= untilMs)
      .sort((a, b) => a.atMs - b.atMs)[0];
  }
}
