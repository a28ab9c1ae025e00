import { join } from 'node:path';
import { ok, type Result } from '../../shared/lib/result.ts';
import { JournalAppender } from './journal/append.ts';
import { readHead } from './journal/read.ts';
import { journalSchema } from './journal/schema.ts';
import { Projector } from './projections/projector.ts';
import { projectionSeq, rebuildProjections } from './projections/rebuild.ts';
import type { WritableDb } from './store/database.ts';
import { openWriter, storeDamaged } from './store/open.ts';

export interface OpenJournal {
  readonly path: string;
  readonly db: WritableDb;
  readonly journal: JournalAppender;
  readonly projector: Projector;
}

/**
 * Opens journal.db and makes its projections fit it: they are rebuilt from the journal when there
 * are none, when they are another version's, or when they do not end where the journal ends.
 */
export function openJournal(
  dataDir: string,
  console: string,
  boot: string,
  log: (line: string) => void,
): Result<OpenJournal> {
  const path = join(dataDir, 'journal.db');
  const opened = openWriter(path, journalSchema);
  if (!opened.ok) return opened;
  const db = opened.value;
  try {
    const head = readHead(db);
    if (projectionSeq(db) !== head.seq) {
      if (head.seq > 0) log(`rebuilding the projections from ${head.seq} events`);
      rebuildProjections(db, db, head.seq);
    }
    db.leaveCheckpoints();
    const journal = new JournalAppender(db, console, boot);
    return ok({ path, db, journal, projector: new Projector(db) });
  } catch (error) {
    db.close();
    return storeDamaged(error, path);
  }
}
