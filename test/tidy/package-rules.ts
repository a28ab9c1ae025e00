import type { Fault } from './source.ts';

const EXACT = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

interface LockedPackage {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Dependencies that are not one exact version. */
export function looseVersions(packageJson: string): Fault[] {
  const parsed: Record<string, Record<string, string> | undefined> = JSON.parse(packageJson);
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'];
  return kinds.flatMap((kind) =>
    Object.entries(parsed[kind] ?? {})
      .filter(([, version]) => !EXACT.test(version))
      .map(([name, version]) => ({
        path: 'package.json',
        line: 1,
        rule: 'exact version',
        what: `${name} ${version}`,
      })),
  );
}

/** Entries of the lockfile that name where they came from. */
export function resolvedEntries(lockfile: string): Fault[] {
  const { packages }: { packages: Record<string, LockedPackage> } = JSON.parse(lockfile);
  return Object.entries(packages)
    .filter(([, entry]) => entry.resolved !== undefined)
    .map(([what]) => ({ path: 'package-lock.json', line: 1, rule: 'resolved address', what }));
}

/**
 * Optional packages, mostly other platforms' binaries, that a locked package names and the lockfile
 * lacks. npm leaves out those it cannot fetch while it writes the lockfile, and `npm ci` then
 * refuses that lockfile on every machine.
 */
export function incompleteLock(lockfile: string): Fault[] {
  const { packages }: { packages: Record<string, LockedPackage> } = JSON.parse(lockfile);
  return Object.entries(packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !foldersAbove(path).some((folder) => `${folder}${name}` in packages))
      .map((name) => ({
        path: 'package-lock.json',
        line: 1,
        rule: 'complete lockfile',
        what: `${path} needs ${name}`,
      })),
  );
}

/** Where a package at this path looks for its dependencies, nearest first. */
function foldersAbove(path: string): string[] {
  const folders = [path === '' ? 'node_modules/' : `${path}/node_modules/`];
  for (let at = path.lastIndexOf('/node_modules/'); at !== -1; ) {
    folders.push(`${path.slice(0, at)}/node_modules/`);
    at = at === 0 ? -1 : path.lastIndexOf('/node_modules/', at - 1);
  }
  folders.push('node_modules/');
  return folders;
}
