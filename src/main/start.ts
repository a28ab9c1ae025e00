import { findElectron } from './launch/body-choice.ts';
import { askedToEnd } from './launch/ending.ts';
import { openBrowser } from './launch/open-browser.ts';
import { ownPrograms } from './launch/programs.ts';
import { startConsole } from './launch/start-console.ts';

/** The launcher: `npm start` runs it once all set-up is done. */
const say = (line: string) => process.stderr.write(`${line}\n`);
const { platform, env } = process;

const code = await startConsole({
  argv: process.argv.slice(2),
  cwd: env.INIT_CWD ?? process.cwd(),
  machine: { env, platform, isRoot: process.getuid?.() === 0, electron: findElectron() },
  programs: ownPrograms(),
  tellReady: (line) => process.stdout.write(`${line}\n`),
  say,
  open: (url) => openBrowser(url, platform, () => say(`open this in a browser: ${url}`)),
  asked: askedToEnd(),
});
process.exit(code);
