import { chmodSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { WAIT_FOR_OTHERS_MS } from './open.ts';

/** More pages than any database has. */
const ALL_PAGES = 0x7fff_ffff;

/**
 * Copies a database that may be written to meanwhile: the copy is what it was at one moment. All
 * pages go in one step, since SQLite begins a copy anew whenever somebody else writes between two.
 * Throws what SQLite throws; of the copy nothing of use is left then.
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const handle = new Sqlite(from, { readonly: true, timeout: WAIT_FOR_OTHERS_MS });
  try {
    await handle.backup(to, { progress: () => ALL_PAGES });
    chmodSync(to, 0o600);
  } finally {
    handle.close();
  }
}
