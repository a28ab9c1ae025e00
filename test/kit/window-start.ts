/**
 * The real launcher on the built programs, with a window: `--body=electron` in Electron itself,
 * `--body=electron-double` in its double. Windows can then be reached by a port of DevTools.
 */
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findElectron } from '../../src/main/launch/body-choice.ts';
import { askedToEnd } from '../../src/main/launch/ending.ts';
import { startConsole } from '../../src/main/launch/start-console.ts';

const DOUBLE = fileURLToPath(new URL('./electron-double/main.ts', import.meta.url));
const built = (name: string) => fileURLToPath(new URL(`../../out/${name}`, import.meta.url));
const say = (line: string) => process.stderr.write(`${line}\n`);

const [body, ...argv] = process.argv.slice(2);
const isDouble = body === '--body=electron-double';

/** Starts Electron with its port for DevTools, which it notes in its profile. */
function withPort(electron: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'twoline-electron-')), 'electron');
  writeFileSync(path, `#!/bin/sh\nexec '${electron}' --remote-debugging-port=0 "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

const electron = isDouble ? process.execPath : findElectron();
const code = await startConsole({
  argv,
  cwd: process.cwd(),
  machine: {
    // The double's windows need no display and no sandbox of Electron's.
    env: isDouble ? { ...process.env, DISPLAY: ':double' } : process.env,
    platform: process.platform,
    isRoot: !isDouble && process.getuid?.() === 0,
    electron: electron === null || isDouble ? electron : withPort(electron),
  },
  programs: {
    engine: built('main/engine.js'),
    host: built('main/host.js'),
    window: isDouble ? DOUBLE : built('main/index.js'),
    training: built('main/training.js'),
    preload: built('preload/index.cjs'),
    page: built('renderer'),
    icons: fileURLToPath(new URL('../../resources/icons', import.meta.url)),
  },
  tellReady: (line) => process.stdout.write(`${line}\n`),
  say,
  open: () => {},
  asked: askedToEnd(),
});
process.exit(code);
