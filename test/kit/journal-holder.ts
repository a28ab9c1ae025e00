import { join } from 'node:path';
import { rawDatabase } from './raw-database.ts';

/**
 * Another program that holds the journal, as a backup tool might: whoever would write it gets
 * SQLITE_BUSY. Call the answer to let go.
 */
export function holdJournal(dataDir: string): () => void {
  const handle = rawDatabase(join(dataDir, 'journal.db'), { timeout: 5_000 });
  handle.exec('BEGIN IMMEDIATE');
  return () => {
    if (handle.open) handle.close();
  };
}
