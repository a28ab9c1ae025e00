import { readdirSync } from 'node:fs';
import { inRoot } from '../setup/paths.mjs';
import { runProgram } from '../setup/run-program.mjs';
import { toolEnv, toolScript } from '../setup/tool.mjs';
import { emptyTally, firstLine } from './tally.mjs';

const AT_ONCE = 2;

/** One tsconfig per zone: `tsconfig.<zone>.json`. */
function zones() {
  return readdirSync(inRoot())
    .map((name) => /^tsconfig\.(\w+)\.json$/.exec(name)?.[1])
    .filter((zone) => zone !== undefined && zone !== 'base');
}

/** @returns {{ name: string, command: string[] }[]} */
function steps() {
  const types = zones().map((zone) => ({
    name: `types of ${zone}`,
    command: [toolScript('typescript', 'tsc'), '-p', `tsconfig.${zone}.json`],
  }));
  return [
    { name: 'biome', command: [toolScript('@biomejs/biome', 'biome'), 'check', '.'] },
    {
      name: 'oxlint',
      command: [toolScript('oxlint'), '--type-aware', '--deny-warnings', '--threads=2'],
    },
    { name: 'knip', command: [toolScript('knip')] },
    ...types,
  ];
}

/**
 * Runs every step of the static check, two at a time, and prints what the failing ones say.
 * @param {import('../setup/ground.mjs').Ground} ground
 * @returns {Promise<import('./tally.mjs').Tally>} each step counted as one
 */
export async function runSteps(ground) {
  const tally = emptyTally();
  const waiting = steps();
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const startedAt = Date.now();
      const end = await runProgram(ground.node, step.command, { env: toolEnv(ground.node) });
      const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
      if (end.code === 0) tally.passed += 1;
      else {
        tally.failed += 1;
        tally.notes.push(`lint: ${step.name}: ${firstLine(end.output)}`);
      }
      const mark = end.code === 0 ? 'ok' : 'FAILED';
      process.stdout.write(`${mark.padEnd(6)} ${step.name} (${seconds} s)\n`);
      if (end.code !== 0) process.stdout.write(`${end.output.trimEnd()}\n`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return tally;
}
