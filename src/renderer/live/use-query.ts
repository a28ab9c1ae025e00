import { useCallback, useEffect, useRef, useState } from 'react';
import type { QueryInput, QueryName, QueryOutput } from '../../shared/contract/queries.ts';
import type { Fault } from '../../shared/lib/result.ts';
import { useClient } from './client.tsx';
import { faultOf } from './entry-store.ts';

export interface QueryState<N extends QueryName> {
  readonly data: QueryOutput<N> | null;
  readonly fault: Fault | null;
  readonly busy: boolean;
  /** Asks again with the same input. */
  readonly again: () => void;
}

type Held<N extends QueryName> = Omit<QueryState<N>, 'again'>;

/**
 * The answer to a query, asked whenever its input changes; null asks nothing. An answer that a
 * newer question has overtaken is called off and forgotten. The last good data stays on the screen
 * while the next is on its way.
 */
export function useQuery<N extends QueryName>(name: N, input: QueryInput<N> | null): QueryState<N> {
  const client = useClient();
  const [held, setHeld] = useState<Held<N>>({ data: null, fault: null, busy: input !== null });
  const key = input === null ? null : JSON.stringify(input);
  const gone = useRef<AbortController | null>(null);
  const ask = useCallback(() => {
    gone.current?.abort();
    if (key === null) {
      setHeld({ data: null, fault: null, busy: false });
      return;
    }
    const now = new AbortController();
    gone.current = now;
    setHeld((before) => ({ ...before, fault: null, busy: true }));
    client
      .query(name, JSON.parse(key) as QueryInput<N>, now.signal)
      .then((data) => {
        if (!now.signal.aborted) setHeld({ data, fault: null, busy: false });
      })
      .catch((error: unknown) => {
        if (now.signal.aborted) return;
        setHeld((before) => ({ ...before, fault: faultOf(error), busy: false }));
      });
  }, [client, name, key]);
  useEffect(() => {
    ask();
    return () => gone.current?.abort();
  }, [ask]);
  return { ...held, again: ask };
}
