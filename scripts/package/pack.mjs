import { build } from 'electron-builder';
import { config } from './config.mjs';

/** Makes the packages; runs as a process of its own, under the checkout's own Node. */
const systems = ['linux', 'win', 'mac'].filter((name) => process.argv.includes(`--${name}`));
const made = await build({
  config,
  publish: 'never',
  // An empty list means the targets that the configuration names; no system means this one.
  ...Object.fromEntries(systems.map((name) => [name, []])),
});
for (const path of made) process.stdout.write(`${path}\n`);
