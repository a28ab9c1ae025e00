import { SetupError, say } from './setup/say.mjs';
import { check, runSuites, test } from './suites/index.mjs';
import { bench, build, pack, simulate, start } from './tasks.mjs';

/**
 * Every npm script comes through here: `node scripts/run.mjs <task> [arguments]`. It needs nothing
 * but Node 20 and npm, and does all the set-up that its task needs.
 */
const tasks = {
  start,
  build,
  bench,
  package: pack,
  check,
  test,
  'test:unit': (args) => runSuites(['unit', 'store', 'store-encrypted', 'contract', 'host'], args),
  'test:sim': (args) =>
    args[0]?.startsWith('--') ? simulate(args) : runSuites(['sim', 'nights', 'kill'], args),
  'test:e2e': (args) => runSuites(['e2e'], args),
  'test:hid': (args) => runSuites(['hid'], args),
};

const OLDEST_MAJOR = 20;

/** @param {string[]} argv */
async function main(argv) {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_MAJOR) {
    say(`Node ${OLDEST_MAJOR} or later is needed to set up; this is ${process.version}`);
    return 1;
  }
  const [name = '', ...rest] = argv;
  const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
  if (!task) {
    say(`there is no task "${name}". Tasks: ${Object.keys(tasks).join(', ')}`);
    return 2;
  }
  try {
    return await task(rest[0] === '--' ? rest.slice(1) : rest);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`${error.message} (${error.code})`);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
