import { keyOf } from '../../../shared/domain/ids.ts';
import type { WritableDb } from '../store/database.ts';
import type { Appliers, Projection } from './projection.ts';

/**
 * Crossings by one inspection and one release, which are an exit for one side and an entry for the
 * other: from the first read to the gate shown open. A row from the admission on.
 */
const ddl = `
CREATE TABLE joint_record (
  key INTEGER PRIMARY KEY,
  crossing TEXT NOT NULL,
  lane TEXT NOT NULL,
  direction TEXT NOT NULL,
  read_ms INTEGER NOT NULL,
  -- A person let through whom the rule had referred.
  by_person INTEGER NOT NULL,
  release_ms INTEGER,
  -- 1: the gate did not open in time, or it failed.
  ended INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX joint_record_lane ON joint_record (lane, read_ms);
`;

/** The gate has not shown yet whether it opened. */
const OPEN = { where: 'release_ms IS NULL AND ended = 0' };

function appliers(db: WritableDb): Appliers {
  const begin = db.write<[string, string, number, number]>(
    `INSERT OR IGNORE INTO joint_record (key, crossing, lane, direction, read_ms, by_person)
     SELECT key, ?, ?, direction, at_ms, ? FROM crossing WHERE key = ?`,
  );
  const release = db.write<[number, number]>(
    'UPDATE joint_record SET release_ms = max(?, read_ms) WHERE key = ? AND release_ms IS NULL',
  );
  const end = db.write<[number]>(
    'UPDATE joint_record SET ended = 1 WHERE key = ? AND release_ms IS NULL',
  );
  return {
    'crossing.admitted': ({ data: { crossing, exception, lane, obligations } }) => {
      if (!obligations.includes('joint-record')) return;
      begin.run(crossing, lane, exception === null ? 0 : 1, keyOf(crossing));
    },
    'crossing.opened': ({ at, data }) => void release.run(at, keyOf(data.crossing)),
    'crossing.not-taken': ({ data }) => void end.run(keyOf(data.crossing)),
    'crossing.unknown': ({ data }) => void end.run(keyOf(data.crossing)),
  };
}

/** Applied after `crossing`, whose rows it looks at. */
export const jointRecord: Projection = {
  name: 'joint-record',
  tables: { joint_record: OPEN },
  ddl,
  appliers,
};
