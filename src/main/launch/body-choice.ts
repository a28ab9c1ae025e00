import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A window of its own, or the browser. */
export type Body = 'electron' | 'host';

export interface BodyChoice {
  readonly body: Body;
  /** Why, in words that end "opening …, because". */
  readonly why: string;
}

export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  /** Where the Electron runtime lies; null when it is not there. */
  readonly electron: string | null;
}

/** Fetching the runtime is the set-up's part: it says in TWOLINE_NO_WINDOW why it could not. */
export function chooseBody(wantsHost: boolean, machine: Machine): BodyChoice {
  const host = (why: string): BodyChoice => ({ body: 'host', why });
  const { env } = machine;
  if (wantsHost) return host('--host asks for it');
  if (env.TWOLINE_NO_WINDOW) return host(env.TWOLINE_NO_WINDOW.slice(0, 200));
  if (machine.electron === null) return host('the Electron runtime is not on this machine');
  if (machine.platform === 'linux') {
    if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return host('this machine has no display');
    if (machine.isRoot) return host('Electron keeps its sandbox, which the root user cannot have');
  }
  return { body: 'electron', why: 'the Electron runtime is on this machine' };
}

/** The runtime's program, as its package notes it after the download; null when it is not there. */
export function findElectron(): string | null {
  try {
    const dir = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
    const path = join(dir, 'dist', readFileSync(join(dir, 'path.txt'), 'utf8').trim());
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}
