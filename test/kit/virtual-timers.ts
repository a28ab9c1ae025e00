import type { Timers } from '../../src/main/engine/sync/timers.ts';
import type { ManualClock } from '../../src/shared/lib/clock.ts';

interface Waiting {
  readonly dueMs: number;
  readonly order: number;
  readonly run: () => void;
}

/** Timers on a clock that is moved by hand: hours pass in no time, in the same order every run. */
export class VirtualTimers implements Timers {
  readonly #clock: ManualClock;
  #waiting: Waiting[] = [];
  #order = 0;

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  after(ms: number, run: () => void): () => void {
    this.#order += 1;
    const waiting = { dueMs: this.#clock.monoMs() + Math.max(0, ms), order: this.#order, run };
    this.#waiting.push(waiting);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== waiting);
    };
  }

  turn(): Promise<void> {
    return Promise.resolve();
  }

  get count(): number {
    return this.#waiting.length;
  }

  /** Lets time pass until the condition holds; false when it does not within the limit. */
  async until(holds: () => boolean, limitMs: number): Promise<boolean> {
    const endMs = this.#clock.monoMs() + limitMs;
    for (;;) {
      await settled();
      if (holds()) return true;
      const next = this.#next();
      if (!next || next.dueMs > endMs) return false;
      this.#waiting = this.#waiting.filter((other) => other !== next);
      this.#clock.advance(Math.max(0, next.dueMs - this.#clock.monoMs()));
      next.run();
    }
  }

  /** Lets so much time pass. */
  async pass(ms: number): Promise<void> {
    const endMs = this.#clock.monoMs() + ms;
    await this.until(() => false, ms);
    this.#clock.advance(Math.max(0, endMs - this.#clock.monoMs()));
  }

  #next(): Waiting | undefined {
    return this.#waiting.toSorted((a, b) => a.dueMs - b.dueMs || a.order - b.order)[0];
  }
}

/** Every promise that can go on has gone on. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
