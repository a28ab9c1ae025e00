import { useSyncExternalStore } from 'react';
import { heardAge } from '../../shared/contract/heard-age.ts';
import { useLive } from './context.ts';
import { useViewRow, useViewStore } from './use-view.ts';

/** Monotonic ms, anew each second: what ages are counted with. */
export function useMonoNow(): number {
  const { ticker } = useLive();
  return useSyncExternalStore(ticker.subscribe, ticker.now);
}

/**
 * The zone's calendar time in ms, anew each second; null until the engine told it. In training the
 * calendar runs faster than real time, by the speed that the engine states.
 */
export function useZoneNow(): number | null {
  const nowMs = useMonoNow();
  const store = useViewStore('status');
  const status = useViewRow('status', 'now');
  const receivedMs = store.receivedMs('now');
  if (status === undefined || receivedMs === null) return null;
  return status.nowMs + Math.max(0, nowMs - receivedMs) * status.speed;
}

/**
 * Real ms since something was last heard, growing while no news comes. `agoMs` is what the row said
 * when it came (`receivedMs`), 0 while fresh; null where it was never heard.
 */
export function useAge(agoMs: number | null, receivedMs: number | null): number | null {
  const nowMs = useMonoNow();
  // The status row comes anew each second: it is the engine's own sign of life.
  const engineMs = useViewStore('status').receivedMs('now');
  return heardAge(agoMs, receivedMs, engineMs, nowMs);
}
