/**
 * `npm run test:sim -- --seed N --hours H [--without kind,kind]`: repeats one run, or with more
 * hours than one run has, goes on with the seeds that follow.
 */
import { parseArgs } from 'node:util';
import { runAll, seedsFrom } from './campaign.ts';
import { RUN_HOURS } from './zone/bustle.ts';
import { type FaultName, faultNames } from './zone/strikes.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    hours: { type: 'string', default: '1' },
    without: { type: 'string', default: '' },
  },
});
const [seed, hours] = [Number(values.seed), Number(values.hours)];
const without = values.without.split(',').filter((name) => name !== '') as FaultName[];
const strange = without.filter((name) => !faultNames.includes(name));
if (!Number.isInteger(seed) || !(hours > 0) || strange.length > 0) {
  process.stderr.write(`--seed N --hours H [--without ${faultNames.join(',')}]\n`);
  process.exit(2);
}
const runs = seedsFrom(seed, Math.min(hours, RUN_HOURS), without);
const count = Math.max(1, Math.ceil(hours / RUN_HOURS));
let begun = 0;
const { figures, failures } = await runAll(runs, () => {
  begun += 1;
  if (begun > 1 && begun % 25 === 1) process.stdout.write(`${begun - 1} of ${count} runs\n`);
  return begun > count;
});
process.stdout.write(`${figures.inWords()}\n`);
for (const failure of failures) process.stdout.write(`\n${failure}\n`);
process.stdout.write(failures.length === 0 ? 'every invariant held\n' : '');
process.exit(failures.length === 0 ? 0 : 1);
