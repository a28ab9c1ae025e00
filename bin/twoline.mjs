#!/usr/bin/env node
import { runInForeground } from '../scripts/foreground.mjs';
import { prepare } from '../scripts/setup/ground.mjs';
import { inRoot } from '../scripts/setup/paths.mjs';
import { SetupError, say } from '../scripts/setup/say.mjs';

/**
 * The `twoline` command. It needs no build: Node 24 runs the sources as they stand. Paths among
 * the arguments are relative to where the command was typed.
 */
async function main(args) {
  const { node } = await prepare([]);
  return runInForeground(
    node,
    [inRoot('src', 'main', 'cli', 'index.ts'), ...args],
    {},
    process.cwd(),
  );
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(`${error.message} (${error.code})`);
  process.exitCode = 1;
}
