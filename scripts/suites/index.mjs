import { prepare } from '../setup/ground.mjs';
import { SetupError } from '../setup/say.mjs';
import { runPlaywright } from './playwright.mjs';
import { runSteps } from './steps.mjs';
import { exceptions, failure, inWords, settle, sum } from './tally.mjs';
import { runVitest } from './vitest.mjs';

/**
 * @typedef {import('./tally.mjs').Tally} Tally
 * @typedef {import('../setup/ground.mjs').Need} Need
 *
 * @typedef {object} Group suites that run together
 * @property {string[]} suites
 * @property {Need[]} needs
 * @property {(ground: import('../setup/ground.mjs').Ground, args: string[],
 *   suites: string[]) => Promise<Tally>} run
 */

/** @type {Group[]} in the order of `npm test` */
const groups = [
  { suites: ['lint'], needs: [], run: (ground) => runSteps(ground) },
  { suites: ['tidy'], needs: [], run: (ground) => runVitest(ground, ['tidy']) },
  {
    suites: ['unit', 'store', 'store-encrypted', 'contract'],
    needs: ['postgres', 'serial'],
    run: (ground, args, suites) => runVitest(ground, suites, args, 4),
  },
  {
    suites: ['host'],
    needs: ['postgres', 'build', 'browser'],
    run: (ground, args, suites) => runVitest(ground, suites, args, 4),
  },
  {
    // Side by side: the day mostly waits for its own clock, the kills for engines to start, and the
    // readers for their machine.
    suites: ['sim', 'kill', 'hid'],
    needs: ['postgres', 'build', 'hid'],
    run: (ground, args, suites) => runVitest(ground, suites, args, 4),
  },
  {
    suites: ['e2e'],
    needs: ['postgres', 'hid', 'build', 'browser'],
    run: (ground, args) => runPlaywright(ground, args),
  },
];

/**
 * @param {Group} group
 * @param {string[]} suites
 * @param {string[]} args
 * @returns {Promise<Tally>}
 */
async function runGroup(group, suites, args) {
  process.stdout.write(`\n=== ${suites.join(', ')} ===\n`);
  try {
    return await group.run(await prepare(group.needs), args, suites);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return failure(`${suites.join(', ')}: ${error.message}`);
  }
}

/**
 * Runs the named suites one group after the other, all of them even if one fails, and ends with
 * the tests that failed, by name, and the one line `N passed, N failed`.
 * @param {string[]} names
 * @param {string[]} [args] handed to the test program
 * @returns {Promise<number>} exit code: 1 when anything failed
 */
export async function runSuites(names, args = []) {
  const tallies = [];
  let stopped = false;
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      stopped = true;
    });
  }
  for (const group of groups) {
    if (stopped) {
      tallies.push(failure('stopped before the end'));
      break;
    }
    const suites = group.suites.filter((suite) => names.includes(suite));
    if (suites.length > 0) tallies.push(await runGroup(group, suites, args));
  }
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
