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
  try {
    mkdirSync(dir, { recursive: true });
    const handle = new Sqlite(join(dir, 'lock.db'), { timeout: 0 });
    try {
      handle.pragma('locking_mode = EXCLUSIVE');
      handle.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      handle.close();
      const code = (error as { code?: string }).code ?? '';
      if (!code.startsWith('SQLITE_BUSY')) throw error;
      return fail('data-in-use', `another console works here: ${readHolder(note)}`, dir);
    }
    writeFileSync(note, `${holder}\n`);
    return ok({ release: () => handle.close() });
  } catch (error) {
    return fail('data-unusable', `cannot use the data folder: ${(error as Error).message}`, dir);
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
