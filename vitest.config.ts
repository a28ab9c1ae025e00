import { defineConfig } from 'vitest/config';
import { CountReporter } from './test/kit/count-reporter.ts';

/** Where the runner wants the counts; unset when vitest is called by hand. */
const counts = process.env.TWOLINE_COUNTS;

interface SuiteOptions {
  readonly hookTimeoutMs?: number;
  readonly retry?: number;
  readonly isolate?: boolean;
}

/**
 * One project per folder of test/. Pure suites get short limits, so that a hang is seen at once;
 * suites that start processes, boards or a PostgreSQL get long ones.
 */
function suite(
  name: string,
  testTimeoutMs: number,
  { hookTimeoutMs = testTimeoutMs, ...more }: SuiteOptions = {},
  folder = name,
) {
  return {
    extends: true as const,
    test: {
      name,
      ...more,
      include: [`test/${folder}.test.ts`, `test/${folder}/**/*.test.{ts,tsx}`],
      testTimeout: testTimeoutMs,
      hookTimeout: hookTimeoutMs,
    },
  };
}

/**
 * Files of one process share what they import, which else is half of their work: for suites that
 * start nothing and leave nothing behind in it.
 */
const shared = { isolate: false };

/** The store's own tests once more, on the driver that encrypts. */
function storeEncrypted() {
  const { test, ...rest } = suite('store-encrypted', 90_000, shared, 'store');
  return { ...rest, test: { ...test, setupFiles: ['test/kit/encrypted-store.ts'] } };
}

/**
 * Where nobody can look again, a test that hangs on real sockets and real time may try twice; the
 * run then names it, so that it is looked at. On a developer's machine it fails at once.
 */
const realTime = { hookTimeoutMs: 120_000, retry: process.env.CI ? 1 : 0 };

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    allowOnly: false,
    passWithNoTests: true,
    reporters: counts ? ['default', new CountReporter(counts)] : ['default'],
    restoreMocks: true,
    projects: [
      suite('tidy', 60_000),
      suite('unit', 10_000, shared),
      suite('store', 90_000, shared),
      storeEncrypted(),
      suite('contract', 60_000, realTime),
      suite('host', 60_000, realTime),
      suite('sim', 600_000),
      // They run beside everything else and take as long as that leaves them.
      suite('nights', 1_800_000),
      suite('kill', 1_800_000, { hookTimeoutMs: 120_000 }),
      suite('hid', 900_000),
    ],
  },
});
