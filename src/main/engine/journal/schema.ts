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

/**
 * A journal is a row of files, its segments; this table's one row says which of them a file is, and
 * what stands before its first event: the last seq and hash of the segment before, or of the epoch
 * that this one goes on from. A file is `preparing` until the commit that makes it the one which is
 * written, and takes nothing more once it is `sealed`.
 */
const journal2 = `
CREATE TABLE segment (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  ordinal INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('preparing', 'open', 'sealed')),
  epoch INTEGER NOT NULL,
  base_seq INTEGER NOT NULL,
  base_hash BLOB NOT NULL CHECK (length(base_hash) = 32),
  base_at INTEGER NOT NULL
) STRICT;
INSERT INTO segment (id, ordinal, state, epoch, base_seq, base_hash, base_at)
VALUES (1, 1, 'open', 1, 0, zeroblob(32), 0);
CREATE TRIGGER segment_once BEFORE UPDATE ON segment
WHEN NOT (OLD.state = 'preparing' AND NEW.state <> 'sealed')
  AND NOT (OLD.state = 'open' AND NEW.state = 'sealed' AND NEW.ordinal = OLD.ordinal
    AND NEW.epoch = OLD.epoch AND NEW.base_seq = OLD.base_seq AND NEW.base_hash = OLD.base_hash
    AND NEW.base_at = OLD.base_at)
  AND NOT (OLD.ordinal = 1 AND OLD.state = 'open' AND NEW.state = 'preparing'
    AND NOT EXISTS (SELECT 1 FROM journal))
BEGIN SELECT raise(ABORT, 'segment: what it is stays as it is'); END;
CREATE TRIGGER segment_no_delete BEFORE DELETE ON segment
BEGIN SELECT raise(ABORT, 'segment: what it is stays as it is'); END;
DROP TRIGGER journal_dense;
CREATE TRIGGER journal_dense BEFORE INSERT ON journal
WHEN NEW.seq IS NOT (SELECT coalesce((SELECT max(seq) FROM journal), base_seq) + 1
  FROM segment WHERE state = 'open')
BEGIN SELECT raise(ABORT, 'journal: seq is not the next one, or the segment is sealed'); END;
`;

/** From this version on a file says which segment it is. */
export const SEGMENTS_SINCE = 2;

export const journalSchema: Schema = {
  applicationId: APPLICATION_ID,
  migrations: [
    { version: 1, sql: journal1 },
    { version: SEGMENTS_SINCE, sql: journal2 },
  ],
};
