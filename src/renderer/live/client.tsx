import { type ReactNode, useEffect, useMemo, useSyncExternalStore } from 'react';
import { CallError, type ConsoleClient, type LinkState } from '../../shared/contract/client.ts';
import type { Session } from '../../shared/contract/commands.ts';
import { type Live, LiveContext, useLive } from './context.ts';
import { type EntryState, EntryStore, type SiteAnswer } from './entry-store.ts';
import { LinkStore } from './link-store.ts';
import { Ticker } from './ticker.ts';
import { UserNames } from './user-names.ts';
import { ViewStores } from './view-store.ts';

/** A hidden window draws no frames: updates then go on at this pace, so that nothing piles up. */
const HIDDEN_PACE_MS = 250;

function drawn(): Promise<void> {
  return new Promise((resolve) => {
    if (document.visibilityState === 'hidden') setTimeout(resolve, HIDDEN_PACE_MS);
    else requestAnimationFrame(() => resolve());
  });
}

function later(delayMs: number, run: () => void): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}

const SIGNED_OUT = new Set(['signed-out', 'sign-in-needed', 'session-changed']);

/** The same client, which has the session asked for anew when a call says that it is over. */
function watchful(client: ConsoleClient, onSignedOut: () => void): ConsoleClient {
  const look = (error: unknown): never => {
    if (error instanceof CallError && SIGNED_OUT.has(error.code)) onSignedOut();
    throw error;
  };
  return {
    command: (name, input, signal) => client.command(name, input, signal).catch(look),
    query: (name, input, signal) => client.query(name, input, signal).catch(look),
    watch: (name, input, handlers) => client.watch(name, input, handlers),
    onLink: (listener) => client.onLink(listener),
  };
}

function makeLive(bare: ConsoleClient): Live {
  const monoMs = () => performance.now();
  const entry = new EntryStore(bare);
  const client = watchful(bare, () => void entry.refresh());
  const parts = { monoMs, drawn, later, onEnd: () => void entry.refresh() };
  return {
    client,
    entry,
    link: new LinkStore(),
    ticker: new Ticker(monoMs),
    userNames: new UserNames(client, (run) => void later(0, run)),
    views: new ViewStores(client, parts),
  };
}

/** Gives everything below it the engine behind `client`. */
export function ClientProvider({
  client,
  children,
}: {
  readonly client: ConsoleClient;
  readonly children: ReactNode;
}) {
  const live = useMemo(() => makeLive(client), [client]);
  useEffect(() => {
    const endLink = live.link.start(client);
    const endEntry = live.entry.start();
    return () => {
      endEntry();
      endLink();
      live.views.close();
    };
  }, [live, client]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

export function useClient(): ConsoleClient {
  return useLive().client;
}

/** Who is signed in, what the sign-in page may show, and the way in and out. */
export function useEntry(): EntryState &
  Pick<EntryStore, 'signIn' | 'signInByBadge' | 'signOut' | 'refresh'> {
  const { entry, userNames, views } = useLive();
  const state = useSyncExternalStore(entry.subscribe, entry.state);
  return useMemo(() => {
    /** What one person was told is not kept for the next. */
    const forget = () => {
      views.close();
      userNames.forget();
    };
    return {
      ...state,
      refresh: () => entry.refresh(),
      signIn: async (name: string, secret: string) => {
        forget();
        await entry.signIn(name, secret);
      },
      signInByBadge: async (pin: string) => {
        forget();
        await entry.signInByBadge(pin);
      },
      signOut: async () => {
        await entry.signOut();
        forget();
      },
    };
  }, [state, entry, userNames, views]);
}

export function useSession(): Session | null {
  const { entry } = useLive();
  return useSyncExternalStore(entry.subscribe, entry.state).entry?.session ?? null;
}

/** The site and its regime. Only inside the frame, which waits for it. */
export function useSite(): SiteAnswer {
  const { entry } = useLive();
  const { site } = useSyncExternalStore(entry.subscribe, entry.state);
  if (site === null) throw new Error('the site asked for before sign-in');
  return site;
}

export function useLink(): LinkState {
  const { link } = useLive();
  return useSyncExternalStore(link.subscribe, link.state);
}
