import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';
import { runProgram } from './run-program.mjs';
import { say } from './say.mjs';

const DOWNLOAD_LIMIT_MS = 3 * 60_000;
/** A failed download is not tried again for this long, so that later starts are quick. */
const RETRY_AFTER_MS = 6 * 3_600_000;

function isPresent() {
  const record = inRoot('node_modules', 'electron', 'path.txt');
  if (!existsSync(record)) return false;
  const path = readFileSync(record, 'utf8').trim();
  return existsSync(inRoot('node_modules', 'electron', 'dist', path));
}

/** Why no window could be shown on this machine whatever is fetched, undefined when one could. */
function noWindowHere() {
  if (process.platform !== 'linux') return undefined;
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'this machine has no display';
  if (process.getuid?.() !== 0) return undefined;
  return 'Electron keeps its sandbox, which the root user cannot have';
}

/** @param {string} path */
function failedLately(path) {
  return existsSync(path) && Date.now() - statSync(path).mtimeMs < RETRY_AFTER_MS;
}

/**
 * Makes sure that the Electron runtime is there when a window can be shown.
 * @param {string} node path of Node 24
 * @returns {Promise<string | undefined>} why the window cannot be opened, undefined when it can
 */
export async function ensureElectron(node) {
  const hindrance = noWindowHere();
  if (hindrance) return hindrance;
  if (isPresent()) return undefined;
  const record = inRoot('.cache', 'electron-failed');
  const reason = 'the Electron runtime cannot be fetched';
  if (failedLately(record)) return reason;
  say('fetching the Electron runtime');
  const script = inRoot('node_modules', 'electron', 'install.js');
  const end = await runProgram(node, [script], { timeoutMs: DOWNLOAD_LIMIT_MS });
  if (end.code === 0 && isPresent()) return undefined;
  mkdirSync(inRoot('.cache'), { recursive: true });
  writeFileSync(record, end.output);
  return reason;
}
