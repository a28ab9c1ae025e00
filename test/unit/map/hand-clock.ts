import type { CoalescerParts } from '../../../src/renderer/map/scene/coalescer.ts';

/** A clock and its timers, moved by hand. */
export class HandClock implements CoalescerParts {
  #nowMs = 0;
  #next = 0;
  readonly #timers = new Map<number, { atMs: number; run: () => void }>();

  readonly monoMs = (): number => this.#nowMs;

  readonly later = (delayMs: number, run: () => void): (() => void) => {
    this.#next += 1;
    const id = this.#next;
    this.#timers.set(id, { atMs: this.#nowMs + delayMs, run });
    return () => this.#timers.delete(id);
  };

  /** Time that a callback itself takes: no timer runs meanwhile. */
  spend(ms: number): void {
    this.#nowMs += ms;
  }

  /** Lets time pass and runs what falls due, in order. */
  advance(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (;;) {
      const due = [...this.#timers]
        .filter(([, timer]) => timer.atMs <= untilMs)
        .sort(([, a], [, b]) => a.atMs - b.atMs)[0];
      if (!due) break;
      const [id, timer] = due;
      this.#timers.delete(id);
      this.#nowMs = Math.max(this.#nowMs, timer.atMs);
      timer.run();
    }
    this.#nowMs = Math.max(this.#nowMs, untilMs);
  }
}
