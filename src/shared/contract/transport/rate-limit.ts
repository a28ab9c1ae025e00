/**
 * A bucket of permissions that fills with time: up to `burst` at once, `perS` a second for good.
 */
export class RateLimit {
  readonly #perMs: number;
  readonly #burst: number;
  #left: number;
  #lastMs: number;

  constructor(perS: number, burst: number, nowMs: number) {
    this.#perMs = perS / 1000;
    this.#burst = burst;
    this.#left = burst;
    this.#lastMs = nowMs;
  }

  /** Takes one permission; false when none is left. Refusals count too, down to minus `burst`. */
  take(nowMs: number): boolean {
    const filled = this.#left + Math.max(0, nowMs - this.#lastMs) * this.#perMs;
    this.#lastMs = nowMs;
    this.#left = Math.max(-this.#burst, Math.min(this.#burst, filled) - 1);
    return this.#left >= 0;
  }

  /** True when it was asked far more often than allowed: a flood, not a busy moment. */
  get flooded(): boolean {
    return this.#left <= -this.#burst;
  }
}
