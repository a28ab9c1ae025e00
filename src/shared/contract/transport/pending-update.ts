import type { WireUpdate } from './protocol.ts';

/**
 * What a screen has not been sent yet, merged into one update: a slow screen gets fewer, larger
 * patches. It never holds more than the view's rows and the keys that the screen still shows.
 */
export class PendingUpdate {
  readonly #set = new Map<string, unknown>();
  readonly #drop = new Set<string>();
  #snapshot: boolean;
  #seq = 0;

  /** `first`: the screen has nothing yet, so whatever comes is its snapshot. */
  constructor(first: boolean) {
    this.#snapshot = first;
  }

  /** Adds a later step. Keys that the screen never got (`shown`) need not be dropped. */
  add(update: WireUpdate, shown: ReadonlySet<string>): void {
    if (update.snapshot) {
      this.#snapshot = true;
      this.#set.clear();
      this.#drop.clear();
    }
    for (const [key, row] of Object.entries(update.set)) {
      this.#set.set(key, row);
      this.#drop.delete(key);
    }
    for (const key of update.drop) {
      this.#set.delete(key);
      if (!this.#snapshot && shown.has(key)) this.#drop.add(key);
    }
    this.#seq = update.seq;
  }

  merged(): WireUpdate {
    return {
      snapshot: this.#snapshot,
      set: Object.fromEntries(this.#set),
      drop: [...this.#drop],
      seq: this.#seq,
    };
  }
}
