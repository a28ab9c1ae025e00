import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import { ReadableDb, WritableDb } from './database.ts';
import { openHandle } from './driver.ts';

/** One step of a schema: applied in order, each in its own transaction, never changed later. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}

export interface Schema {
  /** `PRAGMA application_id`: tells our files from others'. */
  readonly applicationId: number;
  readonly migrations: readonly Migration[];
}

const FULL = 2;
/** How long a connection waits for another who writes before it gives up. */
export const WAIT_FOR_OTHERS_MS = 5_000;
const FOREIGN = 'this file belongs to another program: give the console a data folder of its own';

/**
 * Opens the writing connection: WAL, `synchronous=FULL` set and read back (this binding silently
 * drops to NORMAL on the first table and on every re-open), migrations forward only.
 * Fails with `store-foreign`, `store-from-future`, `store-damaged` or `store-not-durable`.
 */
export function openWriter(path: string, schema: Schema): Result<WritableDb> {
  let handle: Sqlite.Database | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    handle = openHandle(path, { timeout: WAIT_FOR_OTHERS_MS });
    const refused = refuseForeign(handle, path, schema);
    if (refused !== null) {
      handle.close();
      return refused;
    }
    keepPrivate(path);
    configure(handle);
    migrate(handle, schema);
    touchTables(handle);
    const level = handle.pragma('synchronous', { simple: true });
    if (level !== FULL) {
      handle.close();
      return fail('store-not-durable', `synchronous is ${String(level)}, not FULL`, path);
    }
    return ok(new WritableDb(handle));
  } catch (error) {
    handle?.close();
    return storeDamaged(error, path);
  }
}

/** What is said of a database that cannot be used, with what to do about it. */
export function storeDamaged(error: unknown, path: string): Result<never> {
  const why = (error as Error).message;
  const text = `cannot open the database (${why}): put a sound copy of it in its place`;
  return fail('store-damaged', text, path);
}

/** Opens a reading connection; the file must be there and of a version we know. */
export function openReader(path: string, schema: Schema): Result<ReadableDb> {
  if (!existsSync(path)) return fail('store-absent', 'there is no such database', path);
  let handle: Sqlite.Database | undefined;
  try {
    handle = openHandle(path, { readonly: true, timeout: WAIT_FOR_OTHERS_MS });
    const refused = refuseForeign(handle, path, schema);
    if (refused !== null) {
      handle.close();
      return refused;
    }
    handle.pragma('cache_size = -16000');
    handle.pragma('query_only = 1');
    return ok(new ReadableDb(handle));
  } catch (error) {
    handle?.close();
    return storeDamaged(error, path);
  }
}

function refuseForeign(handle: Sqlite.Database, path: string, schema: Schema) {
  const id = handle.pragma('application_id', { simple: true });
  const version = handle.pragma('user_version', { simple: true }) as number;
  const newest = schema.migrations.at(-1)?.version ?? 0;
  if (id !== 0 && id !== schema.applicationId) {
    return fail('store-foreign', FOREIGN, path);
  }
  if (version > newest) {
    const text = `written by a newer console (schema ${version}, this one knows ${newest}): update`;
    return fail('store-from-future', text, path);
  }
  const tables = handle.prepare('SELECT count(*) FROM sqlite_master').pluck().get() as number;
  if (id === 0 && tables > 0) {
    return fail('store-foreign', FOREIGN, path);
  }
  return null;
}

/**
 * Names and documents lie in these files: they are for the console's own user. What SQLite makes
 * beside a file afterwards takes the file's rights.
 */
function keepPrivate(path: string): void {
  try {
    chmodSync(path, 0o600);
  } catch {
    // A file system that knows no rights, or a file of another user who lets us write: left as is.
  }
}

function configure(handle: Sqlite.Database): void {
  handle.pragma('journal_mode = WAL');
  handle.pragma('synchronous = FULL');
  handle.pragma('recursive_triggers = ON');
  handle.pragma('foreign_keys = ON');
  // What is deleted is overwritten: erased is erased.
  handle.pragma('secure_delete = ON');
  handle.pragma('cache_size = -64000');
  handle.pragma('journal_size_limit = 67108864');
  // macOS: fsync does not flush the drive unless asked; elsewhere these change nothing.
  handle.pragma('fullfsync = 1');
  handle.pragma('checkpoint_fullfsync = 1');
}

function migrate(handle: Sqlite.Database, schema: Schema): void {
  const have = handle.pragma('user_version', { simple: true }) as number;
  for (const step of schema.migrations) {
    if (step.version <= have) continue;
    handle
      .transaction(() => {
        handle.exec(step.sql);
        handle.pragma(`application_id = ${schema.applicationId}`);
        handle.pragma(`user_version = ${step.version}`);
      })
      .exclusive();
  }
  // The first table silently lowers the setting in this binding: set it again, then read it back.
  handle.pragma('synchronous = FULL');
}

/** Reads the beginning of every table, so that a file whose pages are gone shows it at once. */
function touchTables(handle: Sqlite.Database): void {
  const tables = handle.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck();
  for (const table of tables.all() as string[]) {
    handle.prepare(`SELECT 1 FROM "${table}" LIMIT 1`).get();
  }
}

/** A private in-memory database for rebuilding and comparing projections. */
export function openScratch(path: string): WritableDb {
  const handle = openHandle(path);
  handle.pragma('journal_mode = OFF');
  handle.pragma('synchronous = OFF');
  handle.pragma('cache_size = -64000');
  return new WritableDb(handle);
}
