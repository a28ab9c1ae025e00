import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startVitest } from 'vitest/node';
import { count } from '../../../scripts/suites/playwright.mjs';
import { emptyTally, inWords, settle, settleEnd, sum } from '../../../scripts/suites/tally.mjs';
import { CountReporter } from '../../kit/count-reporter.ts';

test('the last line leaves skipped out when nothing was', () => {
  expect(inWords({ ...emptyTally(), passed: 3, failed: 1 })).toBe('3 passed, 1 failed');
  const skipped = [{ name: 'a', why: 'b' }];
  expect(inWords({ ...emptyTally(), passed: 3, skipped })).toBe('3 passed, 0 failed, 1 skipped');
});

test('a suite without a test, and a program that fails without a failed test, are failures', () => {
  const passed = { ...emptyTally(), passed: 2 };
  expect(settle('sim', emptyTally())).toMatchObject({ failed: 1, notes: ['sim: no test ran'] });
  expect(settle('sim', passed)).toEqual(passed);
  expect(settleEnd('sim', passed, 1)).toMatchObject({ passed: 2, failed: 1 });
  expect(settleEnd('sim', passed, 0)).toEqual(passed);
  expect(settleEnd('sim', { ...emptyTally(), failed: 2 }, 1)).toMatchObject({ failed: 2 });
});

test('tallies add up', () => {
  const one = { passed: 1, failed: 2, skipped: [{ name: 'a', why: 'b' }], notes: ['c'] };
  expect(sum([one, one, emptyTally()])).toEqual({
    passed: 2,
    failed: 4,
    skipped: [...one.skipped, ...one.skipped],
    notes: ['c', 'c'],
  });
});

test("Playwright's report is counted through all its levels, with the reason of a skip", () => {
  const tally = emptyTally();
  const spec = (title: string, status: 'expected' | 'unexpected' | 'flaky' | 'skipped') => ({
    title,
    tests: [{ status, annotations: [{ type: 'skip', description: 'no reader' }] }],
  });
  count(
    {
      suites: [
        { specs: [spec('a', 'expected'), spec('b', 'unexpected')] },
        { suites: [{ specs: [spec('c', 'flaky'), spec('d', 'skipped')] }] },
      ],
    },
    tally,
  );
  expect(tally).toEqual({
    passed: 2,
    failed: 1,
    skipped: [{ name: 'd', why: 'no reader' }],
    notes: [],
  });
});

test('vitest is counted by project: passed, failed, skipped with why, not loaded', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'twoline-counts-'));
  const counts = join(folder, 'counts.json');
  const before = process.exitCode;
  writeFileSync(
    join(folder, 'mixed.test.js'),
    `test('passes', () => {});
     test('fails', () => { throw new Error('planted'); });
     test('is left out', (context) => context.skip(true, 'no reader'));`,
  );
  writeFileSync(join(folder, 'broken.test.js'), "throw new Error('planted');");
  try {
    const vitest = await startVitest('test', [], {
      root: folder,
      config: false,
      globals: true,
      watch: false,
      name: 'planted',
      reporters: [new CountReporter(counts)],
    });
    await vitest.close();
    expect(JSON.parse(readFileSync(counts, 'utf8')).suites).toEqual({
      planted: { passed: 1, failed: 2, skipped: [{ name: 'is left out', why: 'no reader' }] },
    });
  } finally {
    // The planted failures must not become ours.
    process.exitCode = before;
    rmSync(folder, { recursive: true, force: true });
  }
});
