import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptInstall, isDebianRoot } from './debian.mjs';
import { inRoot } from './paths.mjs';
import { lastLines, runProgram } from './run-program.mjs';
import { SetupError, say } from './say.mjs';

/**
 * Chromium without a desktop's window: it draws no pages of its own beside ours, that nobody sees,
 * and every test that shows a page takes a quarter less.
 */
const SHELL = 'chromium-headless-shell';
const NAMES = [SHELL, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const DOWNLOAD_LIMIT_MS = 10 * 60_000;

/** A Chromium that the machine has, by path. */
function installed() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, ...APPS].find((path) => existsSync(path));
}

/**
 * The Chromium that Playwright itself downloads, when it is there.
 * @param {string} node
 */
async function playwrightsOwn(node) {
  const code = "process.stdout.write(require('@playwright/test').chromium.executablePath())";
  const end = await runProgram(node, ['-e', code], { timeoutMs: 30_000 });
  return end.code === 0 && existsSync(end.output) ? end.output : undefined;
}

/** @param {string} node */
async function download(node) {
  say('fetching Chromium with Playwright');
  const cli = inRoot('node_modules', '@playwright', 'test', 'cli.js');
  const end = await runProgram(node, [cli, 'install', 'chromium'], {
    timeoutMs: DOWNLOAD_LIMIT_MS,
  });
  return end.code === 0 ? undefined : lastLines(end.output, 4);
}

/**
 * Where we may install packages: the shell, or a whole Chromium where there is neither.
 * @returns {Promise<(string | undefined)[]>} what failed
 */
async function installOnDebian() {
  if (!isDebianRoot() || installed()?.endsWith(SHELL)) return [];
  const failures = [await aptInstall([SHELL])];
  if (!installed()) failures.push(await aptInstall(['chromium']));
  return failures;
}

/**
 * Finds a Chromium for the tests, or installs one.
 * @param {string} node path of Node 24
 * @returns {Promise<string>} the path of the browser
 */
export async function ensureBrowser(node) {
  const named = process.env.TWOLINE_CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    throw new SetupError('no-browser', `TWOLINE_CHROMIUM names ${named}, which is not there.`);
  }
  const failures = await installOnDebian();
  const found = installed() ?? (await playwrightsOwn(node));
  if (found) return found;
  failures.push(await download(node));
  const fetched = await playwrightsOwn(node);
  if (fetched) return fetched;
  throw new SetupError(
    'no-browser',
    'No Chromium is here and none can be fetched. Install Chromium or Chrome, or name one in ' +
      `TWOLINE_CHROMIUM.\n${failures.filter(Boolean).join('\n')}`,
  );
}
