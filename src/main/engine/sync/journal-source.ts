import { hashAt, readAfter, readHead } from '../journal/read.ts';
import type { ReadableDb } from '../store/database.ts';
import type { JournalSource } from './centre-port.ts';

/** The journal in a database, for the uploader: each call is one short read. */
export function journalSource(db: ReadableDb): JournalSource {
  return {
    head: () => readHead(db),
    readAfter: (seq, maxRows, maxBytes) => readAfter(db, seq, maxRows, maxBytes),
    hashAt: (seq) => hashAt(db, seq),
    atOf(seq) {
      const row = readAfter(db, seq - 1, 1, 1)[0];
      if (row?.seq !== seq) return null;
      const envelope = JSON.parse(row.body) as { at: number };
      return envelope.at;
    },
  };
}
