/** What the coalescer needs of the world: a clock and a timer. */
export interface CoalescerParts {
  readonly monoMs: () => number;
  /** Calls back once after a time; returns the function that calls it off. */
  readonly later: (delayMs: number, run: () => void) => () => void;
}

/** The map is drawn anew at this pace under load. */
export const FLUSH_MS = 100;
/** The pace of a machine on which one flush costs more than SLOW_FLUSH_MS of script. */
export const SLOW_PACE_MS = 250;
export const SLOW_FLUSH_MS = 15;
/** Alarms and command states go at once, which is: with the next frame. */
export const URGENT_MS = 16;

/**
 * Merges changes by key and hands them on in batches: ten times a second, urgent ones at once. Only
 * the last value of a key counts, so its size is bounded by the number of keys.
 */
export class Coalescer<K, V> {
  readonly #flush: (batch: ReadonlyMap<K, V>) => void;
  readonly #parts: CoalescerParts;
  #waiting = new Map<K, V>();
  #lastMs = Number.NEGATIVE_INFINITY;
  #dueMs: number | null = null;
  #cancel: (() => void) | null = null;
  #paceMs = FLUSH_MS;

  constructor(flush: (batch: ReadonlyMap<K, V>) => void, parts: CoalescerParts) {
    this.#flush = flush;
    this.#parts = parts;
  }

  /** The present pace in ms: slower on a machine that cannot keep up. */
  get paceMs(): number {
    return this.#paceMs;
  }

  put(key: K, value: V, urgent = false): void {
    this.#waiting.set(key, value);
    const afterMs = urgent ? URGENT_MS : this.#paceMs;
    this.#schedule(this.#lastMs + afterMs);
  }

  /** Hands on what waits, now. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#dueMs = null;
    if (this.#waiting.size === 0) return;
    const batch = this.#waiting;
    this.#waiting = new Map();
    const begunMs = this.#parts.monoMs();
    this.#lastMs = begunMs;
    this.#flush(batch);
    const costMs = this.#parts.monoMs() - begunMs;
    this.#paceMs = costMs > SLOW_FLUSH_MS ? SLOW_PACE_MS : FLUSH_MS;
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#dueMs = null;
    this.#waiting.clear();
  }

  #schedule(dueMs: number): void {
    if (this.#dueMs !== null && this.#dueMs <= dueMs) return;
    this.#cancel?.();
    this.#dueMs = dueMs;
    const waitMs = Math.max(0, dueMs - this.#parts.monoMs());
    this.#cancel = this.#parts.later(waitMs, () => this.flush());
  }
}
