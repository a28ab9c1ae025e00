import { defineConfig } from '@playwright/test';
import { chooseBody, findElectron } from './src/main/launch/body-choice.ts';
import { browserOf } from './test/e2e/kit/browser-of.ts';
import type { Choice } from './test/e2e/kit/shift.ts';
import { chromiumArgs } from './test/kit/chromium-args.ts';

/** Where the runner wants the counts; unset when playwright is called by hand. */
const counts = process.env.TWOLINE_COUNTS;

/** Takes the pictures of docs/ instead of testing. */
const pictures = process.env.TWOLINE_PICTURES === '1';

/** Every file of the window's own body too, not only those that touch each of its parts. */
const allBodies = process.env.TWOLINE_BODIES === 'all';

/** Whether Electron itself could show a window here, and if not, why. */
const electron = chooseBody(false, {
  env: process.env,
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  electron: findElectron(),
});

const ALL = '**/*.test.ts';
/** Sign-in, the engine's restart, commands with their stages: each goes through all four parts. */
const SMOKE = ['**/comes-back.test.ts', '**/sign-in.test.ts', '**/*.double.ts'];

export default defineConfig<object, Choice>({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e',
  // Two of them hardly keep two processors busy: a page waits for the zone as often as it draws.
  workers: 3,
  fullyParallel: false,
  forbidOnly: true,
  // Where nobody can look again a test may try twice; the run names it.
  retries: process.env.CI ? 1 : 0,
  // A machine with two cores draws the map by software while it runs a whole zone.
  timeout: pictures ? 3_600_000 : 240_000,
  expect: { timeout: 45_000 },
  reporter: counts ? [['list'], ['json', { outputFile: counts }]] : [['list']],
  use: {
    viewport: { width: 1366, height: 768 },
    screenshot: 'only-on-failure',
    actionTimeout: 45_000,
    launchOptions: browserOf(chromiumArgs),
  },
  projects: pictures
    ? [{ name: 'pictures', testMatch: '**/*.spec.ts' }]
    : [
        { name: 'host', testMatch: ALL },
        {
          name: 'electron-double',
          testMatch: allBodies ? [ALL, '**/*.double.ts'] : SMOKE,
          use: { body: 'electron-double' },
        },
        electron.body === 'electron'
          ? {
              name: 'electron',
              testMatch: ALL,
              use: { body: 'electron' },
            }
          : {
              name: 'electron',
              testMatch: '**/no-electron.skip.ts',
              metadata: { why: electron.why },
            },
      ],
});
