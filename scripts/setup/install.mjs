import { existsSync, readFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';
import { lastLines, runNpm } from './run-program.mjs';
import { SetupError, say } from './say.mjs';

/** @typedef {Record<string, { version?: string, optional?: boolean }>} Packages by path */

/**
 * @param {string} path
 * @returns {Packages | undefined}
 */
function packagesIn(path) {
  if (!existsSync(path)) return undefined;
  return JSON.parse(readFileSync(path, 'utf8')).packages;
}

/**
 * The first package that the lockfile names and node_modules lacks or has in another version.
 * Packages for other platforms may be absent.
 * @param {Packages} wanted of package-lock.json
 * @param {Packages | undefined} present npm's own record in node_modules, which it writes only at
 *   the end of an installation: without it nothing is there that could be trusted
 * @returns {string | undefined}
 */
export function firstMissing(wanted, present) {
  if (!present) return 'everything';
  const differs = Object.entries(wanted).find(
    ([path, { optional, version }]) =>
      path !== '' && (present[path] || !optional) && present[path]?.version !== version,
  );
  return differs?.[0];
}

/** Installs the packages of the lockfile when node_modules does not hold exactly them. */
export async function installPackages() {
  const wanted = packagesIn(inRoot('package-lock.json'));
  if (!wanted) throw new SetupError('no-lockfile', 'package-lock.json is missing: clone again.');
  const present = packagesIn(inRoot('node_modules', '.package-lock.json'));
  const missing = firstMissing(wanted, present);
  if (missing === undefined) return;
  const why = missing === 'everything' ? 'first run' : `${missing} differs from package-lock.json`;
  say(`installing packages (${why}); this takes a minute or two`);
  const startedAt = Date.now();
  // No package's own script runs: the two that matter are done by runtime.mjs and postgres.mjs, the
  // same under every npm, whatever it thinks of install scripts.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const end = await runNpm([...args, '--engine-strict=false']);
  if (end.code !== 0) {
    throw new SetupError(
      'install-failed',
      `npm ci ended with ${end.code}. Is the network there?\n${lastLines(end.output)}`,
    );
  }
  say(`packages installed in ${Math.round((Date.now() - startedAt) / 1000)} s`);
}
