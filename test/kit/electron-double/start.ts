/** The real launcher on the built programs, with a double of the Electron runtime. */
import { fileURLToPath } from 'node:url';
import { askedToEnd } from '../../../src/main/launch/ending.ts';
import { startConsole } from '../../../src/main/launch/start-console.ts';

const built = (name: string) =>
  fileURLToPath(new URL(`../../../out/${name}`, import.meta.url));
const say = (line: string) => process.stderr.write(`${line}\n`);

const code = await startConsole({
  argv: process.argv.slice(2),
  cwd: process.cwd(),
  machine: {
    // A display is what the body's choice asks for; the double's windows need none.
    env: { ...process.env, DISPLAY: ':double' },
    platform: 'linux',
    isRoot: false,
    electron: process.execPath,
  },
  programs: {
    engine: built('main/engine.js'),
    host: built('main/host.js'),
    window: fileURLToPath(new URL('./main.ts', import.meta.url)),
    training: built('main/training.js'),
    preload: built('preload/index.cjs'),
    page: built('renderer'),
    icons: fileURLToPath(new URL('../../../resources/icons', import.meta.url)),
  },
  tellReady: (line) => process.stdout.write(`${line}\n`),
  say,
  open: () => {},
  asked: askedToEnd(),
});
process.exit(code);
