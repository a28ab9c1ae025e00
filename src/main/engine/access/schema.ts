import type { Schema } from '../store/open.ts';

/**
 * `access.db`: who may sign in, and who is signed in. It is no part of the journal: secrets do not
 * belong there, and it must be writable while the console does not run.
 */
export const accessSchema: Schema = {
  applicationId: 0x54_4c_61_63,
  migrations: [
    {
      version: 1,
      sql: `
CREATE TABLE users (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  folded TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  secret TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- left_ms: how long the session had to live when it was last written down.
CREATE TABLE sessions (
  workstation TEXT PRIMARY KEY,
  user TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  left_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Wrong secrets in a row; left_ms as above, 0 while not locked.
CREATE TABLE lockouts (
  key TEXT PRIMARY KEY,
  wrong INTEGER NOT NULL,
  left_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`,
    },
    {
      version: 2,
      sql: `
-- The badge that a person signs in by. No PIN yet: it signs nobody in.
CREATE TABLE badges (
  user TEXT PRIMARY KEY,
  badge TEXT NOT NULL UNIQUE,
  pin TEXT
) STRICT, WITHOUT ROWID;
`,
    },
    {
      version: 3,
      sql: `
-- The authority that a person acts for, where it matters: see domain/authority.ts.
ALTER TABLE users ADD COLUMN authority TEXT;
`,
    },
  ],
};
