import { createContext, use } from 'react';
import type { ConsoleClient } from '../../shared/contract/client.ts';
import type { EntryStore } from './entry-store.ts';
import type { LinkStore } from './link-store.ts';
import type { Ticker } from './ticker.ts';
import type { UserNames } from './user-names.ts';
import type { ViewStores } from './view-store.ts';

/** What every live hook stands on: made once by ClientProvider. */
export interface Live {
  readonly client: ConsoleClient;
  readonly entry: EntryStore;
  readonly link: LinkStore;
  readonly ticker: Ticker;
  readonly userNames: UserNames;
  readonly views: ViewStores;
}

export const LiveContext = createContext<Live | null>(null);

export function useLive(): Live {
  const live = use(LiveContext);
  if (live === null) throw new Error('live data asked for outside ClientProvider');
  return live;
}
