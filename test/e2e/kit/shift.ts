import { type Browser, test as base, expect } from '@playwright/test';
import type { Role } from '../../../src/shared/domain/role.ts';
import { withoutGl } from '../../kit/chromium-args.ts';
import { browserOf } from './browser-of.ts';
import { RealConsole, type TestBody } from './console.ts';
import { Desk, type DeskOptions } from './desk.ts';

interface Shift {
  /** Opens a workstation; what its page complains of fails the test, and it closes after it. */
  readonly desk: (role: Role | null, options?: DeskOptions) => Promise<Desk>;
}

/** What a project of the configuration chooses for all of its files. */
export interface Choice {
  readonly body: TestBody;
}

/** The console of the running file: `console.now` between its first and its last test. */
export interface FileConsole {
  readonly now: RealConsole;
}

const files: { current: RealConsole | null } = { current: null };

function running(): RealConsole {
  if (files.current === null) throw new Error('no console runs: call consoleOfFile first');
  return files.current;
}

/** Tests with workstations on the file's console. */
export const test = base.extend<Shift, Choice>({
  body: ['host', { option: true, scope: 'worker' }],
  desk: async ({ browser }, use) => {
    const desks: Desk[] = [];
    await use(async (role, options) => {
      const made = await openDesk(browser, role, options);
      desks.push(made);
      return made;
    });
    const complaints = desks.flatMap((one) => one.complaints());
    for (const one of desks) await one.close();
    expect(complaints).toEqual([]);
  },
});

function openDesk(browser: Browser, role: Role | null, options?: DeskOptions): Promise<Desk> {
  if (role === null) return Desk.open(browser, running(), options);
  return Desk.signedIn(browser, running(), role, options);
}

const ZONE = { people: 300, speed: 30, seed: 'e2e', from: '2026-03-02' } as const;

/** For a file of tests that never look at the map. */
export const MAPLESS = { launchOptions: browserOf(withoutGl) } as const;

/**
 * Starts a console for the tests of one file and ends it after them by SIGINT, which must end it
 * in order: exit code 0, its programs gone, the journal's chain whole.
 */
export function consoleOfFile(
  options: Readonly<Record<string, string | number>> = {},
): FileConsole {
  test.beforeAll(async ({ body }) => {
    test.setTimeout(300_000);
    files.current = await RealConsole.start({ ...ZONE, ...options }, { body });
  });
  test.afterAll(async () => {
    test.setTimeout(180_000);
    const ran = running();
    files.current = null;
    const ended = await ran.end();
    expect(ended.code, ended.stderr).toBe(0);
    expect(ran.enginePid()).toBeNull();
    const verified = await ran.twoline('verify', ran.data);
    expect(verified.code, `${verified.stdout}${verified.stderr}`).toBe(0);
    ran.forget();
  });
  return {
    get now() {
      return running();
    },
  };
}

export { expect } from '@playwright/test';
