import { useCallback, useMemo } from 'react';
import type { QueueRow } from '../../../shared/contract/views.ts';
import { useViewStore } from '../../live/use-view.ts';
import { QueueOrder } from './queue-order.ts';
import { useSampled } from './sampled.ts';

const PACE_MS = 100;

/** What waits, the most urgent and oldest first, drawn anew at most ten times a second. */
export function useQueue(): readonly QueueRow[] {
  const store = useViewStore('queue');
  const order = useMemo(() => ({ store, queue: new QueueOrder() }), [store]);
  const start = useCallback(
    (changed: () => void) =>
      order.store.patches((patch) => {
        order.queue.apply(patch);
        changed();
      }),
    [order],
  );
  const look = useCallback(() => [...order.queue.rows], [order]);
  return useSampled(start, look, PACE_MS);
}
