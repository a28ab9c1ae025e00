import { existsSync, readFileSync } from 'node:fs';
import { lastLines, runProgram } from './run-program.mjs';
import { say } from './say.mjs';

const INSTALL_LIMIT_MS = 15 * 60_000;

let listsFresh = false;

/** Whether this is Debian and we may install packages. */
export function isDebianRoot() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  if (!existsSync('/etc/os-release')) return false;
  return /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/**
 * Installs packages with apt-get, lists refreshed once per run.
 * @param {string[]} names
 * @returns {Promise<string | undefined>} why it failed, undefined when they are installed
 */
export async function aptInstall(names) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, timeoutMs: INSTALL_LIMIT_MS };
  say(`installing ${names.join(', ')} with apt-get`);
  if (!listsFresh) {
    const update = await runProgram('apt-get', ['update', '-q'], options);
    if (update.code !== 0) return `apt-get update failed: ${lastLines(update.output, 3)}`;
    listsFresh = true;
  }
  const args = ['install', '-q', '-y', '--no-install-recommends', ...names];
  const end = await runProgram('apt-get', args, options);
  return end.code === 0 ? undefined : `apt-get install failed: ${lastLines(end.output, 3)}`;
}
