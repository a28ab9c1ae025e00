/** The largest batch that is sent just now. */
export interface BatchSize {
  readonly rows: number;
  readonly bytes: number;
}

/**
 * How much goes into one batch: halved when the centre could not take it, a tenth more after each
 * success, never above what this console or the centre allows, never below one event.
 */
export class BatchWindow {
  readonly #limit: BatchSize;
  readonly #leastBytes: number;
  #ceiling: BatchSize;
  #share = 1;

  /** `leastBytes`: the largest single event, which must always fit. */
  constructor(limit: BatchSize, leastBytes: number) {
    this.#limit = limit;
    this.#leastBytes = leastBytes;
    this.#ceiling = limit;
  }

  /** What the centre says it takes. */
  allow(centre: BatchSize): void {
    this.#ceiling = {
      rows: Math.max(1, Math.min(this.#limit.rows, centre.rows)),
      bytes: Math.max(this.#leastBytes, Math.min(this.#limit.bytes, centre.bytes)),
    };
  }

  size(): BatchSize {
    const { rows, bytes } = this.#ceiling;
    return {
      rows: Math.max(1, Math.floor(rows * this.#share)),
      bytes: Math.max(this.#leastBytes, Math.floor(bytes * this.#share)),
    };
  }

  /** False when it was as small as it can be already. */
  shrink(): boolean {
    if (this.size().rows === 1) return false;
    this.#share = Math.max(1 / this.#ceiling.rows, this.#share / 2);
    return true;
  }

  grow(): void {
    // At least one row more, or a batch of a few rows would take for ever to grow.
    const step = Math.max(this.#share / 10, 1 / this.#ceiling.rows);
    this.#share = Math.min(1, this.#share + step);
  }
}
