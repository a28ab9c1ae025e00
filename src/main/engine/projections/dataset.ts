import { userOf } from '../../../shared/journal/envelope.ts';
import type { WritableDb } from '../store/database.ts';
import type { Appliers, Projection } from './projection.ts';

/** Which version of each dataset is in force; suspensions and badges laid over the permits here. */
const ddl = `
CREATE TABLE dataset (
  dataset TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  hash TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE permit_overlay (
  permit TEXT PRIMARY KEY,
  suspended INTEGER NOT NULL,
  since_ms INTEGER NOT NULL,
  by_user TEXT,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- A row for each person and enterprise that is suspended here now.
CREATE TABLE suspension (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  since_ms INTEGER NOT NULL,
  by_user TEXT,
  reason TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE badge_overlay (
  permit TEXT PRIMARY KEY,
  credential TEXT NOT NULL,
  was TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX badge_overlay_credential ON badge_overlay (credential);
`;

function appliers(db: WritableDb): Appliers {
  const force = db.write<[string, number, number, string, number]>(
    `INSERT INTO dataset (dataset, version, rows, hash, at_ms) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (dataset) DO UPDATE SET version = excluded.version, rows = excluded.rows,
       hash = excluded.hash, at_ms = excluded.at_ms`,
  );
  const overlay = db.write<[string, number, number, string | null, string]>(
    `INSERT INTO permit_overlay (permit, suspended, since_ms, by_user, reason)
     VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (permit) DO UPDATE SET suspended = excluded.suspended,
       since_ms = excluded.since_ms, by_user = excluded.by_user, reason = excluded.reason`,
  );
  const badge = db.write<[string, string, string]>(
    `INSERT INTO badge_overlay (permit, credential, was) VALUES (?, ?, ?)
     ON CONFLICT (permit) DO UPDATE SET credential = excluded.credential, was = excluded.was`,
  );
  const suspend = db.write<[string, string, number, string | null, string]>(
    `INSERT OR REPLACE INTO suspension (kind, id, since_ms, by_user, reason)
     VALUES (?, ?, ?, ?, ?)`,
  );
  const release = db.write<[string, string]>('DELETE FROM suspension WHERE kind = ? AND id = ?');
  return {
    'suspension.begun': ({ actor, at, data: { id, kind, reason } }) => {
      suspend.run(kind, id, at, userOf(actor), reason);
    },
    'suspension.ended': ({ data }) => void release.run(data.kind, data.id),
    'badge.replaced': ({ data }) => void badge.run(data.permit, data.credential, data.was),
    'dataset.in-force': (event) => {
      const { dataset, version, rows, hash } = event.data;
      force.run(dataset, version, rows, hash, event.at);
    },
    'permit.suspended': ({ actor, at, data: { permit, reason } }) => {
      overlay.run(permit, 1, at, userOf(actor), reason);
    },
    'permit.reinstated': ({ actor, at, data: { permit, reason } }) => {
      overlay.run(permit, 0, at, userOf(actor), reason);
    },
  };
}

export const dataset: Projection = {
  name: 'dataset',
  tables: { dataset: 'all', permit_overlay: 'all', suspension: 'all', badge_overlay: 'all' },
  ddl,
  appliers,
};
