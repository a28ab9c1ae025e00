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
  since_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- A row for each person and enterprise that is suspended here now.
CREATE TABLE suspension (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  since_ms INTEGER NOT NULL,
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
  const overlay = db.write<[string, number, number]>(
    `INSERT INTO permit_overlay (permit, suspended, since_ms) VALUES (?, ?, ?)
     ON CONFLICT (permit) DO UPDATE SET suspended = excluded.suspended,
       since_ms = excluded.since_ms`,
  );
  const badge = db.write<[string, string, string]>(
    `INSERT INTO badge_overlay (permit, credential, was) VALUES (?, ?, ?)
     ON CONFLICT (permit) DO UPDATE SET credential = excluded.credential, was = excluded.was`,
  );
  const suspend = db.write<[string, string, number]>(
    'INSERT OR REPLACE INTO suspension (kind, id, since_ms) VALUES (?, ?, ?)',
  );
  const release = db.write<[string, string]>('DELETE FROM suspension WHERE kind = ? AND id = ?');
  return {
    'suspension.begun': ({ at, data }) => void suspend.run(data.kind, data.id, at),
    'suspension.ended': ({ data }) => void release.run(data.kind, data.id),
    'badge.replaced': ({ data }) => void badge.run(data.permit, data.credential, data.was),
    'dataset.in-force': (event) => {
      const { dataset, version, rows, hash } = event.data;
      force.run(dataset, version, rows, hash, event.at);
    },
    'permit.suspended': (event) => void overlay.run(event.data.permit, 1, event.at),
    'permit.reinstated': (event) => void overlay.run(event.data.permit, 0, event.at),
  };
}

export const dataset: Projection = {
  name: 'dataset',
  tables: { dataset: 'all', permit_overlay: 'all', suspension: 'all', badge_overlay: 'all' },
  ddl,
  appliers,
};
