/** The real launcher, on the stand-in programs beside this file. */
import { fileURLToPath } from 'node:url';
import { askedToEnd } from '../../src/main/launch/ending.ts';
import { ownPrograms } from '../../src/main/launch/programs.ts';
import { startConsole } from '../../src/main/launch/start-console.ts';

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const say = (line: string) => process.stderr.write(`${line}\n`);

const code = await startConsole({
  argv: process.argv.slice(2),
  cwd: process.cwd(),
  machine: {
    env: process.env,
    platform: 'linux',
    isRoot: false,
    electron: process.env.STAND_IN_ELECTRON ?? null,
  },
  programs: {
    ...ownPrograms(),
    host: beside('./stand-in-host.ts'),
    training: beside('./stand-in-training.ts'),
  },
  tellReady: (line) => process.stdout.write(`${line}\n`),
  say,
  open: (url) => say(`would open ${url}`),
  asked: askedToEnd(),
});
process.exit(code);
