/** The bench: how fast and how large the console is, each figure beside its bar and bare limit. */
import { runBench } from './bench.ts';
import { readOptions, USAGE } from './options.ts';
import { groups, groupsOf } from './rows.ts';
import { tableOf } from './table.ts';

const say = (line: string) => process.stderr.write(`${line}\n`);
const options = readOptions(process.argv.slice(2));

if (!options.ok) {
  say(`${options.fault.text}\n\n${USAGE}`);
  process.exitCode = 2;
} else if (groupsOf(options.value.only).length === 0) {
  say(
    `there is no row ${options.value.only}; the groups: ${groups.map(({ name }) => name).join()}`,
  );
  process.exitCode = 2;
} else {
  const { json, only } = options.value;
  // The reading thread by itself keeps no process alive, though a row may wait for its answer.
  setInterval(() => undefined, 60_000);
  const rows = await runBench(groupsOf(only), only, { ...options.value, say });
  process.stdout.write(`${json ? JSON.stringify({ rows }) : tableOf(rows)}\n`);
  // A bar that was missed is said, and is no failure of the run: machines differ.
  process.exit(rows.every(({ value }) => value !== null) ? 0 : 1);
}
