const MINUTES = 1440;
const NOBODY = -1;
const ABSENT = -2;

/**
 * One day's appointments: who is due in which minute. A person stands in it at most once. Takes
 * four bytes a person and no more, however full it is.
 */
export class Agenda {
  readonly #first = new Int32Array(MINUTES).fill(NOBODY);
  readonly #next: Int32Array;

  constructor(people: number) {
    this.#next = new Int32Array(people).fill(ABSENT);
  }

  has(index: number): boolean {
    return this.#next[index] !== ABSENT;
  }

  /** False where the person stands in it already, or the minute is not in this day. */
  add(minute: number, index: number): boolean {
    const at = Math.floor(minute);
    if (at < 0 || at >= MINUTES || this.has(index)) return false;
    this.#next[index] = this.#first[at] ?? NOBODY;
    this.#first[at] = index;
    return true;
  }

  /** Everyone due in a minute, in order of their number; they are then in it no more. */
  take(minute: number): number[] {
    const found: number[] = [];
    let index = this.#first[minute] ?? NOBODY;
    this.#first[minute] = NOBODY;
    while (index >= 0) {
      found.push(index);
      const next = this.#next[index] ?? NOBODY;
      this.#next[index] = ABSENT;
      index = next;
    }
    return found.sort((a, b) => a - b);
  }
}
