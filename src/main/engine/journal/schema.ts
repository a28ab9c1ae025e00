import type { Schema } from '../store/open.ts';

/** `TWLN`: marks our database files. */
const APPLICATION_ID = 0x54574c4e;

/**
 * The journal's own tables only ever migrate forward. `body` is the canonical text whose bytes were
 * hashed; `hash` = SHA-256(previous hash ‖ body). The triggers stop UPDATE, DELETE, INSERT OR
 * REPLACE and any seq that is not the next one, whatever pragmas a connection has set.
 */
const journal1 = `
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  body TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER journal_dense BEFORE INSERT ON journal
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal)
BEGIN SELECT raise(ABORT, 'journal: seq is not the next one'); END;
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN SELECT raise(ABORT, 'journal: append only'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT raise(ABORT, 'journal: append only'); END;

-- What people type (reasons, notes): erasable, so it never stands in the journal itself.
CREATE TABLE typed_text (
  text TEXT PRIMARY KEY,
  salt BLOB NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- How far each reader of the journal has come; not derivable from the journal.
CREATE TABLE reader_cursor (
  name TEXT PRIMARY KEY,
  seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The console's identity and epoch, and the version of the projections' tables.
CREATE TABLE console_state (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;

export const journalSchema: Schema = {
  applicationId: APPLICATION_ID,
  migrations: [{ version: 1, sql: journal1 }],
};
