import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inRoot } from './paths.mjs';

/**
 * The script behind a package's command, so that it can be run under a Node of our choice and
 * without a shell on every system.
 * @param {string} packageName
 * @param {string} [command] where a package has several
 */
export function toolScript(packageName, command) {
  const folder = inRoot('node_modules', ...packageName.split('/'));
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const name = command ?? packageName;
  return join(folder, typeof bin === 'string' ? bin : bin[name]);
}

/**
 * The environment for programs of the project: the chosen Node and the packages' commands come
 * first in PATH.
 * @param {string} node path of Node 24
 * @returns {Record<string, string>}
 */
export function toolEnv(node) {
  const separator = process.platform === 'win32' ? ';' : ':';
  const folders = [dirname(node), inRoot('node_modules', '.bin'), process.env.PATH ?? ''];
  return { PATH: folders.join(separator) };
}
