import { keyOf } from '../../../shared/domain/ids.ts';
import { userOf } from '../../../shared/journal/envelope.ts';
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
  -- Who did, and for which side; null where nobody has said.
  admitted_by TEXT,
  admitted_side TEXT,
  release_ms INTEGER,
  -- 1: the gate did not open in time, or it failed.
  ended INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX joint_record_lane ON joint_record (lane, read_ms);
-- What a side's own officer says; also of somebody who is referred still.
CREATE TABLE joint_result (
  key INTEGER NOT NULL,
  side TEXT NOT NULL,
  result TEXT NOT NULL,
  given_by TEXT,
  given_ms INTEGER NOT NULL,
  PRIMARY KEY (key, side)
) STRICT, WITHOUT ROWID;
`;

/** The gate has not shown yet whether it opened. */
const OPEN = { where: 'release_ms IS NULL AND ended = 0' };
const OF_OPEN = {
  where: `key IN (SELECT key FROM joint_record WHERE ${OPEN.where} UNION
    SELECT crossing_key FROM exception INDEXED BY exception_open WHERE outcome IS NULL)`,
};

function appliers(db: WritableDb): Appliers {
  const begin = db.write<[string, string, number, string | null, string | null, number]>(
    `INSERT OR IGNORE INTO joint_record (key, crossing, lane, direction, read_ms, by_person,
       admitted_by, admitted_side)
     SELECT key, ?, ?, direction, at_ms, ?, ?, ? FROM crossing WHERE key = ?`,
  );
  const give = db.write<[number, string, string, string | null, number]>(
    `INSERT OR REPLACE INTO joint_result (key, side, result, given_by, given_ms)
     VALUES (?, ?, ?, ?, ?)`,
  );
  const unhold = db.write<[string | null, number, number, string | null]>(
    `UPDATE joint_result SET result = 'released', given_by = ?, given_ms = ?
     WHERE key = ? AND side = ? AND result = 'held'`,
  );
  const release = db.write<[number, number]>(
    'UPDATE joint_record SET release_ms = max(?, read_ms) WHERE key = ? AND release_ms IS NULL',
  );
  const end = db.write<[number]>(
    'UPDATE joint_record SET ended = 1 WHERE key = ? AND release_ms IS NULL',
  );
  return {
    'crossing.admitted': ({ actor, at, data }) => {
      const { crossing, exception, lane, obligations, side = null } = data;
      if (!obligations.includes('joint-record')) return;
      const by = exception === null ? null : userOf(actor);
      begin.run(crossing, lane, exception === null ? 0 : 1, by, side, keyOf(crossing));
      // Whoever lets somebody through whom their own side held has released for that side.
      if (exception !== null) unhold.run(by, at, keyOf(crossing), side);
    },
    'joint.given': ({ actor, at, data: { crossing, result, side } }) =>
      void give.run(keyOf(crossing), side, result, userOf(actor), at),
    'crossing.opened': ({ at, data }) => void release.run(at, keyOf(data.crossing)),
    'crossing.not-taken': ({ data }) => void end.run(keyOf(data.crossing)),
    'crossing.unknown': ({ data }) => void end.run(keyOf(data.crossing)),
  };
}

/** Applied after `crossing`, whose rows it looks at. */
export const jointRecord: Projection = {
  name: 'joint-record',
  tables: { joint_record: OPEN, joint_result: OF_OPEN },
  ddl,
  appliers,
};
