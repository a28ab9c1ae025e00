import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { runInForeground } from '../foreground.mjs';
import { inRoot } from '../setup/paths.mjs';
import { toolScript } from '../setup/tool.mjs';
import { emptyTally, failure, firstLine, settle, settleEnd } from './tally.mjs';
import { testEnv } from './test-env.mjs';

/**
 * @typedef {object} Suite the part of Playwright's JSON report that is read here
 * @property {Suite[]} [suites]
 * @property {{ title: string, file: string, tests: Test[] }[]} [specs]
 *
 * @typedef {object} Test
 * @property {string} projectName
 * @property {'expected' | 'unexpected' | 'flaky' | 'skipped'} status
 * @property {{ type: string, description?: string }[]} [annotations]
 * @property {{ error?: { message?: string } }[]} results one for each try
 *
 * @typedef {Suite & { errors?: { message?: string }[] }} Report
 */

/**
 * Adds one test to the tally.
 * @param {{ file: string, title: string }} spec
 * @param {Test} test
 * @param {import('./tally.mjs').Tally} tally
 */
function countTest({ file, title }, test, tally) {
  const message = test.results.find((result) => result.error)?.error?.message;
  const where = `e2e: ${test.projectName}: ${file}: ${title}: ${firstLine(message)}`;
  if (test.status === 'expected') tally.passed += 1;
  else if (test.status === 'flaky') {
    tally.passed += 1;
    tally.retried.push(where);
  } else if (test.status === 'skipped') {
    const why = test.annotations?.find((note) => note.type === 'skip')?.description ?? '';
    tally.skipped.push({ name: title, why });
  } else {
    tally.failed += 1;
    tally.notes.push(where);
  }
}

/**
 * Adds the tests of Playwright's JSON report to the tally, and what failed outside of them.
 * @param {Report} suite
 * @param {import('./tally.mjs').Tally} tally
 */
export function count(suite, tally) {
  for (const inner of suite.suites ?? []) count(inner, tally);
  for (const { title, file, tests } of suite.specs ?? []) {
    for (const test of tests) countTest({ file, title }, test, tally);
  }
  for (const { message } of suite.errors ?? []) tally.notes.push(`e2e: ${firstLine(message)}`);
}

/**
 * Runs the end-to-end tests in Chromium.
 * @param {import('../setup/ground.mjs').Ground} ground
 * @param {string[]} [args]
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function runPlaywright(ground, args = []) {
  const counts = inRoot('test-results', 'e2e.json');
  mkdirSync(dirname(counts), { recursive: true });
  rmSync(counts, { force: true });
  if (process.env.TWOLINE_BODIES !== 'all') {
    process.stdout.write('in a window run some of the specs; TWOLINE_BODIES=all runs all there\n');
  }
  const command = [toolScript('@playwright/test', 'playwright'), 'test', ...args];
  const code = await runInForeground(ground.node, command, testEnv(ground, counts));
  if (!existsSync(counts)) return failure(`e2e: playwright ended with ${code}`);
  const tally = emptyTally();
  count(JSON.parse(readFileSync(counts, 'utf8')), tally);
  return settleEnd('e2e', args.length > 0 ? tally : settle('e2e', tally), code);
}
