import { runInForeground } from './foreground.mjs';
import { writeNotices } from './package/notices.mjs';
import { ensureElectron } from './setup/electron.mjs';
import { prepare } from './setup/ground.mjs';
import { inRoot } from './setup/paths.mjs';
import { toolEnv } from './setup/tool.mjs';

/**
 * Starts the console. Which body opens is the launcher's decision; why a window cannot be opened
 * is found out here and handed on in TWOLINE_NO_WINDOW, since fetching is set-up.
 * @param {string[]} args
 */
export async function start(args) {
  const { node } = await prepare(['postgres', 'hid', 'build']);
  const env = toolEnv(node);
  const reason = args.includes('--host') ? undefined : await ensureElectron(node);
  if (reason) env.TWOLINE_NO_WINDOW = reason;
  return runInForeground(node, [inRoot('out', 'main', 'start.js'), ...args], env);
}

/** Builds out/ when a source has changed. */
export async function build() {
  await prepare(['build']);
  return 0;
}

/**
 * Makes this system's packages in out/package; `--linux`, `--win` and `--mac` name another system.
 * @param {string[]} args
 */
export async function pack(args) {
  const { node } = await prepare(['build']);
  writeNotices();
  return runInForeground(node, [inRoot('scripts', 'package', 'pack.mjs'), ...args], toolEnv(node));
}

/** @param {string[]} args */
export async function bench(args) {
  const { node, browser } = await prepare(['postgres', 'build', 'browser']);
  const env = { ...toolEnv(node), ...(browser && { TWOLINE_CHROMIUM: browser }) };
  return runInForeground(node, [inRoot('test', 'bench', 'run.ts'), ...args], env);
}

/**
 * The simulation by itself, for one seed or for many hours: see test/sim/run.ts.
 * @param {string[]} args
 */
export async function simulate(args) {
  const { node } = await prepare([]);
  return runInForeground(node, [inRoot('test', 'sim', 'run.ts'), ...args], toolEnv(node));
}
