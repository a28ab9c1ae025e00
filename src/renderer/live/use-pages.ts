import { useCallback, useEffect, useRef, useState } from 'react';
import type { QueryInput, QueryOutput } from '../../shared/contract/queries.ts';
import { useClient } from './client.tsx';
import { type Held, NOTHING_YET, type Page, PageRun } from './page-run.ts';

/** Queries that answer page by page, each going on after the last row. */
export type PagedQuery =
  | 'crossings.search'
  | 'incidents.search'
  | 'day-return.list'
  | 'correction.list'
  | 'goods.enterprises'
  | 'goods.consignments'
  | 'goods.audits';
type Row<N extends PagedQuery> = QueryOutput<N>['rows'][number];
/** What is asked for, without the page. */
export type PagedFilter<N extends PagedQuery> = Omit<QueryInput<N>, 'after' | 'limit'>;

export interface Pages<N extends PagedQuery> extends Held<Row<N>> {
  /** Fetches the next page, unless one is on its way or none is left, or the last one failed. */
  readonly more: () => void;
  /** Begins anew. */
  readonly again: () => void;
}

const PAGE_ROWS = 100;

/** The rows that match a filter, fetched as the list is scrolled. */
export function usePages<N extends PagedQuery>(
  name: N,
  filter: PagedFilter<N>,
  idOf: (row: Row<N>) => string,
): Pages<N> {
  const client = useClient();
  const [held, setHeld] = useState<Held<Row<N>>>(NOTHING_YET);
  const key = JSON.stringify(filter);
  const run = useRef<PageRun<Row<N>> | null>(null);

  const begin = useCallback(() => {
    run.current?.end();
    setHeld(NOTHING_YET);
    const ask = (last: string | null, gone: AbortSignal) => {
      const after = last === null ? {} : { after: last };
      const asked = { ...JSON.parse(key), ...after, limit: PAGE_ROWS } as QueryInput<N>;
      return client.query(name, asked, gone) as Promise<Page<Row<N>>>;
    };
    run.current = new PageRun({ ask, idOf, tell: setHeld });
    void run.current.more();
  }, [client, name, key, idOf]);

  useEffect(() => {
    begin();
    return () => run.current?.end();
  }, [begin]);

  const { fault, rows } = held;
  const more = useCallback(() => {
    if (fault === null && rows.length > 0) void run.current?.more();
  }, [fault, rows]);
  return { ...held, more, again: begin };
}
