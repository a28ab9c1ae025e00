import { defineConfig } from '@playwright/test';

/** Software GL draws the map without a graphics card; the sandbox needs rights root lacks. */
const chromiumArgs = [
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--no-sandbox',
];

const executablePath = process.env.TWOLINE_CHROMIUM;

/** Where the runner wants the counts; unset when playwright is called by hand. */
const counts = process.env.TWOLINE_COUNTS;

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.test.ts',
  outputDir: 'test-results/e2e',
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: counts ? [['list'], ['json', { outputFile: counts }]] : [['list']],
  use: {
    viewport: { width: 1366, height: 768 },
    trace: 'retain-on-failure',
    launchOptions: {
      args: chromiumArgs,
      ...(executablePath ? { executablePath } : {}),
    },
  },
  projects: [{ name: 'e2e' }],
});
