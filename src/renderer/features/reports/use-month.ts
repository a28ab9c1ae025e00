import { useCallback, useEffect, useRef, useState } from 'react';
import type { MonthRow, MonthSlice } from '../../../shared/contract/presence-queries.ts';
import type { QueryInput } from '../../../shared/contract/queries.ts';
import type { PersonId } from '../../../shared/domain/ids.ts';
import type { Fault } from '../../../shared/lib/result.ts';
import { type ClassTotal, mergeMonths } from '../../../shared/presence/month-totals.ts';
import { useClient } from '../../live/client.tsx';
import { faultOf } from '../../live/entry-store.ts';

/** Which month, of what, and what for. */
export type MonthAsk = Omit<QueryInput<'presence.month'>, 'after' | 'limit'>;

export interface MonthHeld {
  readonly days: number;
  readonly looked: number;
  readonly persons: number;
  readonly totals: readonly ClassTotal[];
  /** Everybody was counted. */
  readonly counted: boolean;
  readonly rows: readonly MonthRow[];
  /** Where the list goes on; null at its end. */
  readonly next: PersonId | null;
  readonly busy: boolean;
  readonly fault: Fault | null;
}

const NOTHING: MonthHeld = {
  ...{ days: 0, looked: 0, persons: 0, totals: [], counted: false },
  ...{ rows: [], next: null, busy: true, fault: null },
};
const PAGE_ROWS = 50;

/**
 * A month's shares: the first page of persons, then everybody counted in parts, which lists nobody.
 * What a newer question has overtaken is called off.
 */
export function useMonth(asked: MonthAsk): MonthHeld & {
  readonly more: () => void;
  readonly again: () => void;
} {
  const client = useClient();
  const [held, setHeld] = useState<MonthHeld>(NOTHING);
  const key = JSON.stringify(asked);
  const gone = useRef<AbortController | null>(null);

  const page = useCallback(
    async (after: PersonId | null, signal: AbortSignal) => {
      const ask = { ...(JSON.parse(key) as MonthAsk), after, limit: PAGE_ROWS };
      const { days, next, rows } = await client.query('presence.month', ask, signal);
      if (signal.aborted) return;
      setHeld((before) => ({ ...before, days, next, rows: [...before.rows, ...rows] }));
    },
    [client, key],
  );
  const count = useCallback(
    async (signal: AbortSignal) => {
      let after: PersonId | null = null;
      do {
        const ask: QueryInput<'presence.month'> = { ...JSON.parse(key), after, limit: 0 };
        const part: MonthSlice = await client.query('presence.month', ask, signal);
        if (signal.aborted) return;
        after = part.next;
        setHeld((before) => ({
          ...before,
          looked: before.looked + part.looked,
          persons: part.persons,
          totals: mergeMonths(before.totals, part.totals),
          counted: part.next === null,
        }));
      } while (after !== null);
    },
    [client, key],
  );
  const run = useCallback(async (doing: () => Promise<void>, signal: AbortSignal) => {
    setHeld((before) => ({ ...before, busy: true, fault: null }));
    try {
      await doing();
      if (!signal.aborted) setHeld((before) => ({ ...before, busy: false }));
    } catch (error) {
      if (signal.aborted) return;
      setHeld((before) => ({ ...before, busy: false, fault: faultOf(error) }));
    }
  }, []);
  const begin = useCallback(() => {
    gone.current?.abort();
    const now = new AbortController();
    const { signal } = now;
    gone.current = now;
    setHeld(NOTHING);
    void run(async () => {
      await page(null, signal);
      if (!signal.aborted) await count(signal);
    }, signal);
  }, [count, page, run]);
  useEffect(() => {
    begin();
    return () => gone.current?.abort();
  }, [begin]);
  const { busy, next } = held;
  const more = () => {
    const signal = gone.current?.signal;
    if (busy || next === null || signal === undefined) return;
    void run(() => page(next, signal), signal);
  };
  return { ...held, more, again: begin };
}
