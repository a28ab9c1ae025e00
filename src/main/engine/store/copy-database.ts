import { chmodSync } from 'node:fs';
import { isStoreEncrypted, openHandle } from './driver.ts';
import { makeDurable } from './encrypt-database.ts';
import { WAIT_FOR_OTHERS_MS } from './open.ts';

/** More pages than any database has. */
const ALL_PAGES = 0x7fff_ffff;

/**
 * Copies a database that may be written to meanwhile: the copy is what it was at one moment. All
 * pages go in one step, since SQLite begins a copy anew whenever somebody else writes between two.
 * Of an encrypted one the copy has the same key: there SQLite writes all rows anew, since it copies
 * pages only between databases of one kind, and the driver's backup has no place for a key.
 * Throws what SQLite throws; of the copy nothing of use is left then.
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const handle = openHandle(from, { readonly: true, timeout: WAIT_FOR_OTHERS_MS });
  try {
    if (isStoreEncrypted()) {
      handle.prepare('VACUUM INTO ?').run(to);
      // SQLite does not wait for the disk when it writes such a copy.
      makeDurable(to);
    } else {
      await handle.backup(to, { progress: () => ALL_PAGES });
    }
    chmodSync(to, 0o600);
  } finally {
    handle.close();
  }
}
