import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { runInForeground } from '../foreground.mjs';
import { inRoot } from '../setup/paths.mjs';
import { toolScript } from '../setup/tool.mjs';
import { emptyTally, failure, settle, settleEnd, sum } from './tally.mjs';
import { testEnv } from './test-env.mjs';

/**
 * Runs one or more vitest projects together and counts each apart. The counts come from the
 * reporter in test/kit/count-reporter.ts.
 * @param {import('../setup/ground.mjs').Ground} ground
 * @param {string[]} suites
 * @param {string[]} [args] handed to vitest: a file, `-t name`, …
 * @param {object} [how]
 * @param {number} [how.workers] files at the same time: more than processors where they mostly wait
 * @param {((text: string) => void) | undefined} [how.hear] gets what vitest says, which is then
 *   not shown
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function runVitest(ground, suites, args = [], { workers = 2, hear } = {}) {
  const counts = inRoot('test-results', `${suites.join('-')}.json`);
  mkdirSync(dirname(counts), { recursive: true });
  rmSync(counts, { force: true });
  const projects = suites.flatMap((suite) => ['--project', suite]);
  const side = `--maxWorkers=${workers}`;
  const command = [toolScript('vitest'), 'run', side, ...projects, ...args];
  const env = testEnv(ground, counts);
  const code = await runInForeground(ground.node, command, env, undefined, hear);
  if (!existsSync(counts)) return failure(`${suites.join(', ')}: vitest ended with ${code}`);
  const found = JSON.parse(readFileSync(counts, 'utf8'));
  const tallies = suites.map((suite) => ({ ...emptyTally(), ...found.suites[suite] }));
  const outside = { ...emptyTally(), notes: found.errors };
  const settled = suites.map((suite, at) => settle(suite, tallies[at] ?? emptyTally()));
  const counted = args.length > 0 ? tallies : settled;
  return settleEnd(suites.join(', '), sum([...counted, outside]), code);
}
