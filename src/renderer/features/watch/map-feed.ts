import { useEffect, useMemo, useRef } from 'react';
import { ageState } from '../../../shared/domain/age-state.ts';
import { useLink, useSession } from '../../live/client.tsx';
import { useViewStore } from '../../live/use-view.ts';
import type { MapFeed } from '../../map/live/feed.ts';

/** Roles that may see the queue; the map shows the others what the lanes say. */
const QUEUE_ROLES = new Set(['operator', 'supervisor']);

/** The live views as the map reads them. The same object while the person stays signed in. */
export function useMapFeed(): MapFeed {
  const lanes = useViewStore('lanes');
  const areas = useViewStore('areas');
  const queue = useViewStore('queue');
  const status = useViewStore('status');
  const role = useSession()?.role;
  const link = useRef(useLink());
  const now = useLink();
  useEffect(() => {
    link.current = now;
  }, [now]);
  const mayQueue = role !== undefined && QUEUE_ROLES.has(role);
  return useMemo(() => {
    const engineMs = () => status.receivedMs('now');
    const fresh = () => {
      const receivedMs = engineMs();
      const ageMs = receivedMs === null ? null : performance.now() - receivedMs;
      return link.current === 'open' && ageState(ageMs, true) === 'fresh';
    };
    return { lanes, areas, queue: mayQueue ? queue : null, engineMs, fresh };
  }, [lanes, areas, queue, status, mayQueue]);
}
