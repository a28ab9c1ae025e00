import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';

export interface DataLock {
  release(): void;
}

/**
 * One engine per data folder: `lock.db` is held by an exclusive SQLite lock, which the operating
 * system frees even after kill -9. Who holds it is told in `lock.txt` beside it.
 * Fails with `data-in-use` (names the holder) or `data-unusable`.
 */
export function takeDataLock(dir: string, holder: string): Result<DataLock> {
  const note = join(dir, 'lock.txt');
  const path = join(dir, 'lock.db');
  let handle: Sqlite.Database | undefined;
  try {
    mkdirSync(dir, { recursive: true });
    handle = new Sqlite(path, { timeout: 0 });
    handle.pragma('locking_mode = EXCLUSIVE');
    handle.exec('BEGIN EXCLUSIVE');
    writeFileSync(note, `${holder}\n`);
    const held = handle;
    return ok({ release: () => held.close() });
  } catch (error) {
    handle?.close();
    const { code = '', message } = error as { code?: string; message: string };
    if (code.startsWith('SQLITE_BUSY')) {
      const text = `another console works here: ${readHolder(note)}; use that one, or end it`;
      return fail('data-in-use', text, dir);
    }
    if (code.startsWith('SQLITE_NOTADB')) {
      return fail('data-unusable', 'lock.db is not the console’s own: delete this file', path);
    }
    const text = `cannot use the data folder (${message}): see that it can be written`;
    return fail('data-unusable', text, dir);
  }
}

function readHolder(note: string): string {
  try {
    return readFileSync(note, 'utf8').slice(0, 200).trim();
  } catch {
    return 'its name is not known';
  }
}

/** True while some engine holds the folder; takes nothing itself. */
export function isDataLocked(dir: string): boolean {
  let handle: Sqlite.Database;
  try {
    handle = new Sqlite(join(dir, 'lock.db'), { timeout: 0, fileMustExist: true });
  } catch {
    return false;
  }
  try {
    handle.exec('BEGIN EXCLUSIVE; ROLLBACK');
    return false;
  } catch {
    return true;
  } finally {
    handle.close();
  }
}
