/** When events were committed, coarsely: enough to say how old the oldest waiting one is. */
interface Mark {
  /** Every event up to this seq that is not under an earlier mark … */
  readonly upTo: number;
  /** … was committed at this moment or later (real ms since boot). */
  readonly sinceMs: number;
}

const MAX_MARKS = 256;

/**
 * Remembers at which moment the journal grew, in a bounded number of marks. Of two marks that are
 * joined the earlier moment is kept, so that an age is never shown too low.
 */
export class CommitMarks {
  #marks: Mark[] = [];
  /** Nothing is known of events up to here: they were acknowledged and forgotten. */
  #forgotten = 0;

  /** The journal now ends at `seq`. */
  committed(seq: number, nowMs: number): void {
    const last = this.#marks.at(-1);
    if (last && seq <= last.upTo) return;
    this.#marks.push({ upTo: seq, sinceMs: nowMs });
    if (this.#marks.length > MAX_MARKS) this.#halve();
  }

  acknowledged(seq: number): void {
    this.#forgotten = Math.max(this.#forgotten, seq);
    const first = this.#marks.findIndex((mark) => mark.upTo > seq);
    this.#marks = first === -1 ? [] : this.#marks.slice(first);
  }

  /** When the event with this seq was committed at the earliest; null when that is not known. */
  sinceOf(seq: number): number | null {
    if (seq <= this.#forgotten) return null;
    return this.#marks.find((mark) => mark.upTo >= seq)?.sinceMs ?? null;
  }

  #halve(): void {
    const joined: Mark[] = [];
    for (let i = 0; i < this.#marks.length; i += 2) {
      const early = this.#marks[i];
      const late = this.#marks[i + 1] ?? early;
      if (early && late) joined.push({ upTo: late.upTo, sinceMs: early.sinceMs });
    }
    this.#marks = joined;
  }
}
