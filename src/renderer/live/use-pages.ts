import { useCallback, useEffect, useRef, useState } from 'react';
import type { QueryInput, QueryOutput } from '../../shared/contract/queries.ts';
import type { Fault } from '../../shared/lib/result.ts';
import { useClient } from './client.tsx';
import { faultOf } from './entry-store.ts';

/** Queries that answer newest first, page by page, each going on after the last row. */
export type PagedQuery = 'crossings.search' | 'incidents.search';
type Row<N extends PagedQuery> = QueryOutput<N>['rows'][number];
/** What is asked for, without the page. */
export type PagedFilter<N extends PagedQuery> = Omit<QueryInput<N>, 'after' | 'limit'>;

export interface Pages<N extends PagedQuery> {
  readonly rows: readonly Row<N>[];
  /** Everything there is has been fetched. */
  readonly complete: boolean;
  readonly busy: boolean;
  /** What fits is rare: the engine looks further back, a part at a time. */
  readonly looking: boolean;
  readonly fault: Fault | null;
  /** Fetches the next page, unless one is on its way or none is left. */
  readonly more: () => void;
  /** Begins anew. */
  readonly again: () => void;
}

const PAGE_ROWS = 100;
/** A person looks for a row, not through a hundred thousand: more needs a narrower filter. */
const MOST_ROWS = 5_000;

interface Held<N extends PagedQuery> {
  readonly rows: readonly Row<N>[];
  readonly complete: boolean;
  readonly busy: boolean;
  readonly looking: boolean;
  readonly fault: Fault | null;
}

const NOTHING_YET = { rows: [], complete: false, busy: true, looking: false, fault: null } as const;

/** How far a look came that ended before its page was full. */
function reachedBy(page: QueryOutput<PagedQuery>): string | null {
  return 'reached' in page ? page.reached : null;
}

/** The rows that match a filter, fetched as the list is scrolled. */
export function usePages<N extends PagedQuery>(
  name: N,
  filter: PagedFilter<N>,
  idOf: (row: Row<N>) => string,
): Pages<N> {
  const client = useClient();
  const [held, setHeld] = useState<Held<N>>(NOTHING_YET);
  const key = JSON.stringify(filter);
  const run = useRef<{ gone: AbortController; busy: boolean; last: string | null } | null>(null);

  const fetchPage = useCallback(
    async (before: readonly Row<N>[]) => {
      const now = run.current;
      if (now === null || now.busy) return;
      now.busy = true;
      setHeld((was) => ({ ...was, busy: true, fault: null }));
      try {
        for (let all = before; now.busy; ) {
          const after = now.last === null ? {} : { after: now.last };
          const asked = { ...JSON.parse(key), ...after, limit: PAGE_ROWS } as QueryInput<N>;
          const page = await client.query(name, asked, now.gone.signal);
          if (now.gone.signal.aborted) return;
          all = [...all, ...(page.rows as Row<N>[])];
          const last = all.at(-1);
          const reached = reachedBy(page);
          now.last = reached ?? (last === undefined ? null : idOf(last));
          const complete = !page.more || all.length >= MOST_ROWS;
          now.busy = reached !== null && !complete;
          setHeld({ rows: all, complete, busy: now.busy, looking: now.busy, fault: null });
        }
      } catch (error) {
        if (now.gone.signal.aborted) return;
        now.busy = false;
        setHeld((was) => ({ ...was, busy: false, looking: false, fault: faultOf(error) }));
      }
    },
    [client, name, key, idOf],
  );

  const begin = useCallback(() => {
    run.current?.gone.abort();
    run.current = { gone: new AbortController(), busy: false, last: null };
    setHeld(NOTHING_YET);
    void fetchPage([]);
  }, [fetchPage]);

  useEffect(() => {
    begin();
    return () => run.current?.gone.abort();
  }, [begin]);

  const { rows, complete, busy, fault } = held;
  const more = useCallback(() => {
    if (!complete && !busy && fault === null && rows.length > 0) void fetchPage(rows);
  }, [complete, busy, fault, rows, fetchPage]);
  return { ...held, more, again: begin };
}
