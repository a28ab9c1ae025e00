import { rmSync } from 'node:fs';
import { prepare } from '../setup/ground.mjs';
import { SetupError } from '../setup/say.mjs';
import { runPlaywright } from './playwright.mjs';
import { runGroups } from './run-groups.mjs';
import { memoryFolder } from './scratch.mjs';
import { runSteps } from './steps.mjs';
import { exceptions, failure, inWords, settle, sum } from './tally.mjs';
import { runVitest } from './vitest.mjs';

/** @typedef {import('./run-groups.mjs').Group} Group */

/**
 * @param {string} suite
 * @param {import('./run-groups.mjs').Group['needs']} needs
 * @returns {Group}
 */
function aside(suite, needs) {
  return {
    suites: [suite],
    needs,
    aside: true,
    run: (ground, args, suites, hear) => runVitest(ground, suites, args, { workers: 1, hear }),
  };
}

/** @type {Group[]} in the order of `npm test` */
const groups = [
  { suites: ['lint'], needs: [], run: (ground) => runSteps(ground) },
  { suites: ['tidy'], needs: [], run: (ground) => runVitest(ground, ['tidy']) },
  // One after the other, each beside what follows. The nights, which let everybody else go first,
  // are the last: the browser has two processors' work to do.
  aside('kill', []),
  aside('hid', ['hid']),
  aside('nights', []),
  {
    suites: ['unit', 'store', 'store-encrypted', 'contract'],
    needs: ['postgres', 'serial'],
    run: (ground, args, suites) => runVitest(ground, suites, args, { workers: 4 }),
  },
  {
    // Side by side: the days mostly wait for their own clocks, the others for what they started.
    suites: ['host', 'sim'],
    needs: ['postgres', 'hid', 'build', 'browser'],
    run: (ground, args, suites) => runVitest(ground, suites, args, { workers: 4 }),
  },
  {
    suites: ['e2e'],
    needs: ['postgres', 'hid', 'build', 'browser'],
    run: (ground, args) => runPlaywright(ground, args),
  },
];

/**
 * Runs the named suites, all of them even if one fails, and ends with the tests that failed, by
 * name, and the one line `N passed, N failed`.
 * @param {string[]} names
 * @param {string[]} [args] handed to the test program
 * @returns {Promise<number>} exit code: 1 when anything failed
 */
export async function runSuites(names, args = []) {
  let stopped = false;
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      stopped = true;
    });
  }
  const chosen = groups
    .map((group) => ({ group, suites: group.suites.filter((suite) => names.includes(suite)) }))
    .filter(({ suites }) => suites.length > 0);
  const scratch = memoryFolder(process.env);
  if (scratch) process.env.TMPDIR = scratch;
  const how = { args, prepare, isStopped: () => stopped };
  const tallies = await runGroups(chosen, how).finally(() => {
    if (scratch) rmSync(scratch, { recursive: true, force: true });
  });
  if (stopped) tallies.push(failure('stopped before the end'));
  // With a file or a name given, only what it selects has to run, in whichever suite it is.
  const total = args.length > 0 ? settle(names.join(', '), sum(tallies)) : sum(tallies);
  process.stdout.write('\n');
  for (const line of exceptions(total)) process.stdout.write(`${line}\n`);
  process.stdout.write(`${inWords(total)}\n`);
  return total.failed > 0 ? 1 : 0;
}

/** Format, lint, types, dead code and the house rules: the quick part of the tests. */
export function check() {
  return runSuites(['lint', 'tidy']);
}

/**
 * Everything. `npm test -- sim e2e` runs only the suites named.
 * @param {string[]} args
 */
export function test(args) {
  const all = groups.flatMap((group) => group.suites);
  const unknown = args.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    throw new SetupError('no-suite', `no suite ${unknown.join(', ')}; there is ${all.join(', ')}`);
  }
  return runSuites(args.length > 0 ? args : all);
}
