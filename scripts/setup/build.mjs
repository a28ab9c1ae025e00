import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot, root } from './paths.mjs';
import { lastLines, runProgram } from './run-program.mjs';
import { SetupError, say } from './say.mjs';

const SOURCES = ['src', 'resources', 'electron.vite.config.ts', 'package-lock.json'];

/**
 * Every file below the path, in a fixed order.
 * @param {string} path
 * @returns {string[]}
 */
function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}

/** A digest that changes when any source does: names, sizes and times, so it takes milliseconds. */
function sourceDigest() {
  const digest = createHash('sha256');
  for (const path of SOURCES.flatMap((source) => filesBelow(inRoot(source)))) {
    const { size, mtimeMs } = statSync(path);
    digest.update(`${path.slice(root.length)}\0${size}\0${mtimeMs}\n`);
  }
  return digest.digest('hex');
}

/**
 * Builds all bundles into out/ when a source is newer than they are.
 * @param {string} node path of Node 24
 */
export async function ensureBuild(node) {
  const stamp = inRoot('out', '.sources');
  const digest = sourceDigest();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  say('building');
  const startedAt = Date.now();
  const cli = inRoot('node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const end = await runProgram(node, [cli, 'build', '--logLevel', 'warn']);
  if (end.code !== 0) {
    throw new SetupError('build-failed', `the build failed:\n${lastLines(end.output, 40)}`);
  }
  mkdirSync(inRoot('out'), { recursive: true });
  writeFileSync(stamp, digest);
  say(`built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}
