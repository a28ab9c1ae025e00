import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startVitest } from 'vitest/node';
import { count } from '../../../scripts/suites/playwright.mjs';
import {
  emptyTally,
  exceptions,
  firstLine,
  inWords,
  settle,
  settleEnd,
  sum,
} from '../../../scripts/suites/tally.mjs';
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
  const skipped = [{ name: 'a', why: 'b' }];
  const one = { passed: 1, failed: 2, skipped, notes: ['c'], retried: ['d'] };
  expect(sum([one, one, emptyTally()])).toEqual({
    passed: 2,
    failed: 4,
    skipped: [...one.skipped, ...one.skipped],
    notes: ['c', 'c'],
    retried: ['d', 'd'],
  });
});

test('just before the last line stands each test that did not simply pass', () => {
  const skipped = [
    { name: 'a', why: 'no reader' },
    { name: 'b', why: '' },
  ];
  const told = { ...emptyTally(), skipped, notes: ['c: what failed'], retried: ['d: what failed'] };
  expect(exceptions(told)).toEqual([
    'skipped: a: no reader',
    'skipped: b: no reason given',
    'passed only at the second try: d: what failed',
    'failed: c: what failed',
  ]);
});

test("an error's first line is without colours and of a length one can read", () => {
  expect(firstLine('\n  \u001b[31mplanted\u001b[39m\nat line 3')).toBe('planted');
  expect(firstLine(undefined)).toBe('no message');
  expect(firstLine('x'.repeat(5_000))).toHaveLength(201);
});

test("Playwright's report is counted through all its levels, with names and reasons", () => {
  const tally = emptyTally();
  const spec = (title: string, status: 'expected' | 'unexpected' | 'flaky' | 'skipped') => ({
    title,
    file: 'lanes.test.ts',
    tests: [
      {
        projectName: 'host',
        status,
        annotations: [{ type: 'skip', description: 'no reader' }],
        results: status === 'expected' ? [{}] : [{ error: { message: `${title} broke\nat` } }, {}],
      },
    ],
  });
  count(
    {
      suites: [
        { specs: [spec('a', 'expected'), spec('b', 'unexpected')] },
        { suites: [{ specs: [spec('c', 'flaky'), spec('d', 'skipped')] }] },
      ],
      errors: [{ message: 'not loaded' }],
    },
    tally,
  );
  expect(tally).toEqual({
    passed: 2,
    failed: 1,
    skipped: [{ name: 'd', why: 'no reader' }],
    notes: ['e2e: host: lanes.test.ts: b: b broke', 'e2e: not loaded'],
    retried: ['e2e: host: lanes.test.ts: c: c broke'],
  });
});

test('vitest is counted by project, with names and reasons', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'twoline-counts-'));
  const counts = join(folder, 'counts.json');
  const before = process.exitCode;
  writeFileSync(
    join(folder, 'mixed.test.js'),
    `test('passes', () => {});
     describe('a part', () => {
       test('fails', () => { throw new Error('planted\\nbelow'); });
     });
     let tries = 0;
     test('passes later', { retry: 1 }, () => {
       tries += 1;
       if (tries === 1) throw new Error('planted once');
     });
     Promise.reject(new Error('planted outside'));
     test('is left out', (context) => context.skip(true, 'no reader'));`,
  );
  writeFileSync(join(folder, 'broken.test.js'), "throw new Error('not loaded');");
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
    const { suites, errors } = JSON.parse(readFileSync(counts, 'utf8'));
    suites.planted?.notes.sort();
    expect(suites).toEqual({
      planted: {
        passed: 2,
        failed: 2,
        skipped: [{ name: 'is left out', why: 'no reader' }],
        notes: [
          'planted: broken.test.js: outside of its tests: not loaded',
          'planted: mixed.test.js: a part > fails: planted',
        ],
        retried: ['planted: mixed.test.js: passes later: planted once'],
      },
    });
    expect(errors).toEqual(['vitest: planted outside']);
  } finally {
    // The planted failures must not become ours.
    process.exitCode = before;
    rmSync(folder, { recursive: true, force: true });
  }
});
