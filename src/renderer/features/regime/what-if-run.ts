import type { WhatIfRow, WhatIfSlice } from '../../../shared/contract/regime-queries.ts';
import type { Fault } from '../../../shared/lib/result.ts';
import {
  mergeWhatIf,
  NOTHING_LOOKED_AT,
  type WhatIfCounts,
} from '../../../shared/regime/what-if.ts';
import { faultOf } from '../../live/entry-store.ts';

/** Asks for the part of a day that follows a cursor, at most so many rows; 0 = counts alone. */
export type AskSlice = (
  cursor: string | null,
  limit: number,
  gone: AbortSignal,
) => Promise<WhatIfSlice>;

/** How far a day has been looked through. */
export interface DayLook {
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  readonly counts: WhatIfCounts;
  /** Decisions of the whole day, for a progress bar; 0 until it is told. */
  readonly total: number;
  readonly fault: Fault | null;
}

/** Looks through a whole day part by part, telling of each; never rejects. */
export async function lookThrough(
  ask: AskSlice,
  gone: AbortSignal,
  tell: (look: DayLook) => void,
): Promise<void> {
  let look: DayLook = { state: 'running', counts: NOTHING_LOOKED_AT, total: 0, fault: null };
  const now = (change: Partial<DayLook>) => {
    look = { ...look, ...change };
    tell(look);
  };
  now({});
  try {
    let cursor: string | null = null;
    do {
      const slice: WhatIfSlice = await ask(cursor, 0, gone);
      if (gone.aborted) break;
      const counts = mergeWhatIf(look.counts, slice);
      now({ counts, total: Math.max(look.total, slice.total) });
      ({ cursor } = slice);
    } while (cursor !== null);
    now({ state: gone.aborted ? 'cancelled' : 'done' });
  } catch (error) {
    if (gone.aborted) now({ state: 'cancelled' });
    else now({ state: 'failed', fault: faultOf(error) });
  }
}

/** Who would have been treated otherwise, as far as it was fetched. */
export interface ListedRows {
  readonly rows: readonly WhatIfRow[];
  readonly busy: boolean;
  readonly complete: boolean;
  readonly fault: Fault | null;
}

export const NO_ROWS: ListedRows = { rows: [], busy: false, complete: false, fault: null };

const PAGE_ROWS = 100;
/** A person looks at examples, not through a hundred thousand: the counts are of all. */
const MOST_ROWS = 5_000;

/** The list, fetched page by page as it is scrolled; a part without rows is gone on from. */
export class WhatIfPages {
  readonly #ask: AskSlice;
  readonly #tell: (held: ListedRows) => void;
  readonly #gone = new AbortController();
  #held = NO_ROWS;
  #cursor: string | null = null;

  constructor(ask: AskSlice, tell: (held: ListedRows) => void) {
    this.#ask = ask;
    this.#tell = tell;
  }

  /** Fetches the next page, unless one is on its way or none is left. Never rejects. */
  async more(): Promise<void> {
    if (this.#held.busy || this.#held.complete || this.#gone.signal.aborted) return;
    this.#set({ busy: true, fault: null });
    try {
      let found: readonly WhatIfRow[] = [];
      do {
        const slice = await this.#ask(this.#cursor, PAGE_ROWS, this.#gone.signal);
        found = slice.rows;
        this.#cursor = slice.cursor;
      } while (found.length === 0 && this.#cursor !== null && !this.#gone.signal.aborted);
      const rows = [...this.#held.rows, ...found];
      this.#set({ rows, busy: false, complete: this.#cursor === null || rows.length >= MOST_ROWS });
    } catch (error) {
      this.#set({ busy: false, fault: faultOf(error) });
    }
  }

  /** What is on its way is dropped. */
  end(): void {
    this.#gone.abort();
  }

  #set(change: Partial<ListedRows>): void {
    if (this.#gone.signal.aborted) return;
    this.#held = { ...this.#held, ...change };
    this.#tell(this.#held);
  }
}
