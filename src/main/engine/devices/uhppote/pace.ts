/**
 * How many requests may leave for all boards together: so many a second, each board in its turn.
 * Commands and reads that somebody waits for at a gate are counted and never held up.
 */
import type { Clock } from '../../../../shared/lib/clock.ts';
import type { Timers } from '../timers.ts';

/** What may leave at once after a quiet while: this long's worth. Real ms. */
const BURST_MS = 50;

export class Pace {
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #perMs: number;
  readonly #most: number;
  /** Below 0 where urgent requests went ahead of the rest. */
  #left: number;
  #filledMonoMs: number;
  /** At most one entry a board. */
  readonly #waiting: (() => void)[] = [];
  #isTimed = false;

  constructor(clock: Clock, timers: Timers, perSecond: number) {
    this.#clock = clock;
    this.#timers = timers;
    this.#perMs = perSecond / 1000;
    this.#most = Math.max(1, this.#perMs * BURST_MS);
    this.#left = this.#most;
    this.#filledMonoMs = clock.monoMs();
  }

  /** True where one may leave now; it is then counted. False also while others wait. */
  take(): boolean {
    this.#fill();
    if (this.#waiting.length > 0 || this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }

  /** One left that nobody holds up; the rest wait for it, by a second at most. */
  spend(): void {
    this.#fill();
    this.#left = Math.max(this.#left - 1, -this.#perMs * 1000);
  }

  /** Calls once when one may leave, counted already; first come, first served. */
  wait(turn: () => void): void {
    this.#waiting.push(turn);
    this.#time();
  }

  /** A turn that was not used. */
  giveBack(): void {
    this.#left = Math.min(this.#left + 1, this.#most);
  }

  #fill(): void {
    const nowMs = this.#clock.monoMs();
    this.#left = Math.min(this.#left + (nowMs - this.#filledMonoMs) * this.#perMs, this.#most);
    this.#filledMonoMs = nowMs;
  }

  #time(): void {
    if (this.#isTimed || this.#waiting.length === 0) return;
    this.#isTimed = true;
    this.#fill();
    this.#timers.after(Math.max(1, Math.ceil((1 - this.#left) / this.#perMs)), () => {
      this.#isTimed = false;
      this.#serve();
      this.#time();
    });
  }

  #serve(): void {
    this.#fill();
    // Whoever asks again during its turn stands behind those who wait already.
    for (let n = this.#waiting.length; n > 0 && this.#left >= 1; n -= 1) {
      this.#left -= 1;
      this.#waiting.shift()?.();
    }
  }
}
