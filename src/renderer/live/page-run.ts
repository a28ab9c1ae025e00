import type { Fault } from '../../shared/lib/result.ts';
import { faultOf } from './entry-store.ts';

/** One answer: rows newest first, and whether there are more after them. */
export interface Page<R> {
  readonly rows: readonly R[];
  readonly more: boolean;
  /** How far a look came that ended before its page was full: the next one goes on from there. */
  readonly reached?: string | null;
}

/** What has been fetched so far. */
export interface Held<R> {
  readonly rows: readonly R[];
  /** Everything there is has been fetched. */
  readonly complete: boolean;
  readonly busy: boolean;
  /** What fits is rare: the engine looks further back, a part at a time. */
  readonly looking: boolean;
  readonly fault: Fault | null;
}

export interface PageRunParts<R> {
  /** Asks for the page after a row, or after how far a look came; null = the first. */
  readonly ask: (after: string | null, gone: AbortSignal) => Promise<Page<R>>;
  readonly idOf: (row: R) => string;
  readonly tell: (held: Held<R>) => void;
}

export const NOTHING_YET: Held<never> = {
  ...{ rows: [], complete: false, busy: true, looking: false, fault: null },
};

/** A person looks for a row, not through a hundred thousand: more needs a narrower filter. */
export const MOST_ROWS = 5_000;

/**
 * Fetches the rows of one filter, page by page. A look that ended before its page was full is
 * followed by the next at once, until there is a page, or no more; nothing is told after `end`.
 */
export class PageRun<R> {
  readonly #parts: PageRunParts<R>;
  readonly #gone = new AbortController();
  #held: Held<R> = { ...NOTHING_YET, busy: false };
  #last: string | null = null;

  constructor(parts: PageRunParts<R>) {
    this.#parts = parts;
  }

  /** Fetches the next page, unless one is on its way or none is left. Never rejects. */
  async more(): Promise<void> {
    const { busy, complete } = this.#held;
    if (busy || complete || this.#gone.signal.aborted) return;
    this.#tell({ ...this.#held, busy: true, fault: null });
    try {
      do {
        const page = await this.#parts.ask(this.#last, this.#gone.signal);
        this.#take(page);
      } while (this.#held.looking && !this.#gone.signal.aborted);
    } catch (error) {
      this.#tell({ ...this.#held, busy: false, looking: false, fault: faultOf(error) });
    }
  }

  /** What is on its way is dropped. */
  end(): void {
    this.#gone.abort();
  }

  #take({ rows: found, more, reached = null }: Page<R>): void {
    const rows = [...this.#held.rows, ...found];
    const last = rows.at(-1);
    this.#last = reached ?? (last === undefined ? null : this.#parts.idOf(last));
    const complete = !more || rows.length >= MOST_ROWS;
    const looking = reached !== null && !complete;
    this.#tell({ rows, complete, busy: looking, looking, fault: null });
  }

  #tell(held: Held<R>): void {
    if (this.#gone.signal.aborted) return;
    this.#held = held;
    this.#parts.tell(held);
  }
}
