import { defineConfig } from '@playwright/test';

/** Software GL draws the map without a graphics card; the sandbox needs rights root lacks. */
const chromiumArgs = [
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--no-sandbox',
  // Chromium of its own accord asks its maker for nothing.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

const executablePath = process.env.TWOLINE_CHROMIUM;

/** Where the runner wants the counts; unset when playwright is called by hand. */
const counts = process.env.TWOLINE_COUNTS;

/** Takes the pictures of docs/ instead of testing. */
const pictures = process.env.TWOLINE_PICTURES === '1';

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e',
  workers: 1,
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
    launchOptions: {
      args: chromiumArgs,
      ...(executablePath ? { executablePath } : {}),
    },
  },
  projects: pictures
    ? [{ name: 'pictures', testMatch: '**/*.spec.ts' }]
    : [{ name: 'host', testMatch: '**/*.test.ts' }],
});
