import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { inRoot } from './paths.mjs';
import { lastLines, runNpm, runProgram } from './run-program.mjs';
import { SetupError, say } from './say.mjs';

const binary = process.platform === 'win32' ? 'node.exe' : 'node';

/** The oldest Node that runs the sources by itself (type stripping) and the SQLite binding. */
const OLDEST_MAJOR = 24;

function wantedVersion() {
  return JSON.parse(readFileSync(inRoot('node_modules', 'node', 'package.json'), 'utf8')).version;
}

/** The npm package that carries Node's binary for this machine. */
function platformPackage() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const prefix = system === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${system}-${process.arch}`;
}

/**
 * Fetches the platform's Node and puts it where the package `node` keeps its binary. That package
 * would do the same in its install script, which newer npm versions may refuse to run.
 * @param {string} target
 */
async function fetchRuntime(target) {
  const name = platformPackage();
  const folder = inRoot('node_modules', '.node-runtime');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const base = ['install', '--prefix', folder, '--no-save', '--no-package-lock'];
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  let end = { code: 1, output: '' };
  // Some platforms lag behind by a few releases: any Node of the same major will then do.
  for (const version of [wantedVersion(), String(OLDEST_MAJOR)]) {
    end = await runNpm([...base, ...quiet, `${name}@${version}`], { cwd: folder });
    if (end.code === 0) break;
  }
  const source = join(folder, 'node_modules', name, 'bin', binary);
  if (end.code !== 0 || !existsSync(source)) return lastLines(end.output, 4);
  mkdirSync(dirname(target), { recursive: true });
  rmSync(target, { force: true });
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target);
  }
  rmSync(folder, { recursive: true, force: true });
  return undefined;
}

/**
 * @param {string} path
 * @returns {Promise<string | undefined>} its version, undefined when it does not run
 */
async function versionOf(path) {
  if (!existsSync(path)) return undefined;
  const end = await runProgram(path, ['--version'], { timeoutMs: 20_000 });
  return end.code === 0 ? end.output.trim() : undefined;
}

/**
 * Makes it the `node` of node_modules/.bin too, so that a tool called by hand (`npx vitest`) runs
 * under it.
 * @param {string} target
 */
function linkCommand(target) {
  const command = inRoot('node_modules', '.bin', 'node');
  if (process.platform === 'win32' || existsSync(command)) return target;
  rmSync(command, { force: true });
  symlinkSync(relative(dirname(command), target), command);
  return target;
}

/**
 * The Node that everything runs under: 24, as Electron 45 carries it, from the npm package `node`.
 * @returns {Promise<string>} the path of its binary
 */
export async function ensureRuntime() {
  const target = inRoot('node_modules', 'node', 'bin', binary);
  if ((await versionOf(target)) !== undefined) return linkCommand(target);
  say(`fetching Node ${wantedVersion()} (this machine runs ${process.version})`);
  const failure = await fetchRuntime(target);
  if (failure === undefined && (await versionOf(target)) !== undefined) return linkCommand(target);
  rmSync(target, { force: true });
  if (Number(process.versions.node.split('.')[0]) >= OLDEST_MAJOR) {
    say(`Node ${wantedVersion()} cannot be had here; using this machine's ${process.version}`);
    return process.execPath;
  }
  throw new SetupError(
    'no-runtime',
    `Node ${OLDEST_MAJOR} is needed and cannot be fetched (${platformPackage()}). Install Node ` +
      `${OLDEST_MAJOR} and run this again.\n${failure ?? 'The fetched binary does not start.'}`,
  );
}
