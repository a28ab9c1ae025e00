import { SetupError } from '../setup/say.mjs';
import { emptyTally, failure } from './tally.mjs';

/**
 * @typedef {import('./tally.mjs').Tally} Tally
 * @typedef {import('../setup/ground.mjs').Need} Need
 *
 * @typedef {object} Group suites that run together
 * @property {string[]} suites
 * @property {Need[]} needs
 * @property {boolean} [aside] runs beside the groups that follow: what it says is shown at the end
 * @property {(ground: import('../setup/ground.mjs').Ground, args: string[], suites: string[],
 *   hear?: (text: string) => void) => Promise<Tally>} run
 */

/**
 * @typedef {object} How
 * @property {string[]} args handed to the test programs
 * @property {(needs: Need[]) => Promise<import('../setup/ground.mjs').Ground>} prepare
 * @property {() => boolean} isStopped true once nothing more shall begin
 */

/**
 * @param {{ group: Group, suites: string[] }} chosen
 * @param {How} how
 * @param {(text: string) => void} [hear]
 * @returns {Promise<Tally>}
 */
async function runGroup({ group, suites }, { args, prepare }, hear) {
  try {
    return await group.run(await prepare(group.needs), args, suites, hear);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return failure(`${suites.join(', ')}: ${error.message}`);
  }
}

/**
 * Runs groups in order. Those that stand aside run one after the other beside the rest, unless
 * there is no rest or somebody asked for certain tests and wants to see them.
 * @param {{ group: Group, suites: string[] }[]} chosen
 * @param {How} how
 * @returns {Promise<Tally[]>}
 */
export async function runGroups(chosen, how) {
  const { args, isStopped } = how;
  const isBusy = args.length === 0 && chosen.some(({ group }) => !group.aside);
  const tallies = [];
  const aside = [];
  let before = Promise.resolve();
  for (const each of chosen) {
    if (isStopped()) break;
    const title = each.suites.join(', ');
    if (isBusy && each.group.aside) {
      const said = [];
      const run = before.then(() =>
        isStopped() ? emptyTally() : runGroup(each, how, (text) => said.push(text)),
      );
      before = run.then(() => undefined);
      aside.push({ title, said, run });
    } else {
      process.stdout.write(`\n=== ${title} ===\n`);
      tallies.push(await runGroup(each, how));
    }
  }
  for (const { title, said, run } of aside) {
    tallies.push(await run);
    process.stdout.write(`\n=== ${title} (beside the others) ===\n${said.join('')}`);
  }
  return tallies;
}
