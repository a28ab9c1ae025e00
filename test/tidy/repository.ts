import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { File } from './source.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const UNTRACKED = new Set(['.git', '.cache', 'node_modules', 'out', 'data', 'test-results']);

function walk(folder: string): string[] {
  return readdirSync(`${root}${folder}`, { withFileTypes: true }).flatMap((entry) => {
    if (folder === '' && UNTRACKED.has(entry.name)) return [];
    const path = `${folder}${entry.name}`;
    return entry.isDirectory() ? walk(`${path}/`) : [path];
  });
}

/** Tracked files and new ones that are not ignored; all files where git or its folder is absent. */
function paths(): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  const listed = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (listed.status !== 0) return walk('');
  return listed.stdout.split('\0').filter((path) => path !== '' && existsSync(`${root}${path}`));
}

/** Every text file of the repository, sorted by path; binary files are left out. */
export function readRepository(): File[] {
  return paths()
    .sort()
    .map((path) => ({ path, text: readFileSync(`${root}${path}`, 'utf8') }))
    .filter(({ text }) => !text.includes('\0'));
}
