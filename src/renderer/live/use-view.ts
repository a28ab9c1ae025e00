import { useCallback, useSyncExternalStore } from 'react';
import type { ViewData, ViewName } from '../../shared/contract/views.ts';
import { useLive } from './context.ts';
import type { ViewState, ViewStore } from './view-store.ts';

/** The shared store of a view: `patches()` for the map, `receivedMs()` for ages. */
export function useViewStore<N extends ViewName>(name: N): ViewStore<N> {
  return useLive().views.get(name);
}

/** A whole view; the component is drawn anew at every change of any row. */
export function useView<N extends ViewName>(name: N): ViewState<N> {
  const store = useViewStore(name);
  return useSyncExternalStore(store.subscribe, store.state);
}

/** One row of a view; drawn anew only when that row changes. */
export function useViewRow<N extends ViewName>(name: N, key: string): ViewData<N> | undefined {
  const store = useViewStore(name);
  const subscribe = useCallback((run: () => void) => store.subscribeRow(key, run), [store, key]);
  return useSyncExternalStore(subscribe, () => store.row(key));
}

/** True while the engine merges updates because this screen is slow. */
export function useLagged(): boolean {
  const { views } = useLive();
  return useSyncExternalStore(views.subscribeLag, views.lagged);
}
