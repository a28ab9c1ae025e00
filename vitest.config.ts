import { defineConfig } from 'vitest/config';
import { CountReporter } from './test/kit/count-reporter.ts';

/** Where the runner wants the counts; unset when vitest is called by hand. */
const counts = process.env.TWOLINE_COUNTS;

/**
 * One project per folder of test/. Pure suites get short limits, so that a hang is seen at once;
 * suites that start processes, boards or a PostgreSQL get long ones.
 */
function suite(name: string, testTimeoutMs: number, hookTimeoutMs = testTimeoutMs) {
  return {
    extends: true as const,
    test: {
      name,
      include: [`test/${name}.test.ts`, `test/${name}/**/*.test.{ts,tsx}`],
      testTimeout: testTimeoutMs,
      hookTimeout: hookTimeoutMs,
    },
  };
}

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
      suite('unit', 10_000),
      suite('store', 30_000),
      suite('contract', 60_000, 120_000),
      suite('host', 60_000, 120_000),
      suite('sim', 600_000),
      suite('kill', 900_000, 120_000),
      suite('hid', 900_000),
    ],
  },
});
