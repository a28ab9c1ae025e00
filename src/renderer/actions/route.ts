import { useSyncExternalStore } from 'react';

/** The screens, in the order of the rail and of the digits that switch to them. */
export const SCREENS = [
  'watch',
  'lanes',
  'exceptions',
  'incidents',
  'crossings',
  'people',
  'goods',
  'devices',
  'reports',
  'settings',
  'muster',
  'regime',
] as const;
export type Screen = (typeof SCREENS)[number];

/** Marks a place that was reached from another screen of the console. */
const INSIDE = { inside: true };

export interface Route {
  readonly screen: Screen;
  /** What the screen shall show at once: a lane, an exception, a filter. */
  readonly params: Readonly<Record<string, string>>;
}

/** Reads `#/crossings?lane=L3`; anything unknown is Watch. */
export function parseRoute(text: string): Route {
  const [path = '', query = ''] = text.replace(/^#\/?/, '').split('?');
  const screen = SCREENS.find((name) => name === path) ?? 'watch';
  return { screen, params: Object.fromEntries(new URLSearchParams(query)) };
}

/** The hash of a screen, with its parameters. */
export function hrefOf(screen: Screen, params: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(params).toString();
  return query === '' ? `#/${screen}` : `#/${screen}?${query}`;
}

/** Shows a screen; `back` returns. */
export function go(screen: Screen, params: Readonly<Record<string, string>> = {}): void {
  location.hash = hrefOf(screen, params);
  history.replaceState(INSIDE, '');
  tell();
}

/** Back to the screen before, but never out of the console. */
export function back(): void {
  const state = history.state as Partial<typeof INSIDE> | null;
  if (state?.inside === true) history.back();
}

/** Chooses something on the screen that is shown: walking a list leaves no trail to go back on. */
export function choose(screen: Screen, params: Readonly<Record<string, string>> = {}): void {
  const { state } = history;
  location.replace(hrefOf(screen, params));
  history.replaceState(state, '');
  tell();
}

const listeners = new Set<() => void>();

/** The browser tells of a new hash only later: a key pressed meanwhile would find the old one. */
function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('hashchange', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('hashchange', listener);
  };
}

/** The hash of the page; a string, so that React compares it by value. */
function hash(): string {
  return location.hash;
}

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, hash));
}
