/** How often ages and waiting times are drawn anew. */
const TICK_MS = 1_000;

/** One clock tick for every age on the screen, running only while somebody looks. */
export class Ticker {
  readonly #monoMs: () => number;
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setInterval> | null = null;
  #now: number;

  constructor(monoMs: () => number) {
    this.#monoMs = monoMs;
    this.#now = monoMs();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#timer === null) {
      this.#now = this.#monoMs();
      this.#timer = setInterval(() => this.#tick(), TICK_MS);
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0 && this.#timer !== null) {
        clearInterval(this.#timer);
        this.#timer = null;
      }
    };
  };

  /** Monotonic ms at the last tick. */
  readonly now = (): number => this.#now;

  #tick(): void {
    this.#now = this.#monoMs();
    for (const listener of this.#listeners) listener();
  }
}
