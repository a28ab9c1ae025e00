import { readFileSync } from 'node:fs';
import type Sqlite from 'better-sqlite3';
import { isStoreEncrypted, openHandle } from '../../src/main/engine/store/driver.ts';

/**
 * A database file as SQLite gives it, without what the store sets and checks, for a test that looks
 * past the store or changes what nobody should. It has the key that the test's process has.
 */
export function rawDatabase(path: string, options: Sqlite.Options = {}): Sqlite.Database {
  return openHandle(path, options);
}

/** A file's bytes, for looking for what must not be there; of an encrypted one its rows. */
export function bytesOf(path: string): Buffer {
  if (!isStoreEncrypted()) return readFileSync(path);
  const raw = rawDatabase(path, { readonly: true });
  const tables = raw.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all();
  const rows = tables.flatMap((table) => raw.prepare(`SELECT * FROM "${String(table)}"`).all());
  raw.close();
  return Buffer.from(JSON.stringify(rows));
}
