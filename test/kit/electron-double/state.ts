import type { ChildProcess } from 'node:child_process';
import type { Cdp } from './cdp.ts';
import { misuse } from './strict.ts';

/** What the parts of the double know of the whole. */
export const state = {
  isReady: false,
  /** The scheme that was made a secure origin before the application was ready. */
  schemes: new Set<string>(),
  userData: '',
  chromium: null as { cdp: Cdp; child: ChildProcess } | null,
  /** What the shell did wrong where nothing could be thrown at it. */
  broken: (what: string): void => {
    process.stderr.write(`electron double: ${what}\n`);
    process.exit(70);
  },
};

export function cdp(): Cdp {
  return state.chromium?.cdp ?? misuse('no window can be there before the application is ready');
}

export function needsReady(what: string): void {
  if (!state.isReady) misuse(`${what} cannot be used before the application is ready`);
}

export function needsUnready(what: string): void {
  if (state.isReady) misuse(`${what} must be called before the application is ready`);
}
