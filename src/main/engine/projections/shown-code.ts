import { keyOf } from '../../../shared/domain/ids.ts';
import type { WritableDb } from '../store/database.ts';
import type { Appliers, Projection } from './projection.ts';

/** Longer than any time for which a site may ask whether a code was shown before. */
const KEPT_MS = 86_400_000;

/** Permits' codes that were shown of late, and whether the crossing they asked for was admitted. */
const ddl = `
CREATE TABLE shown_code (
  crossing INTEGER PRIMARY KEY,
  token TEXT NOT NULL,
  lane TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  admitted INTEGER NOT NULL
) STRICT;
CREATE INDEX shown_code_token ON shown_code (token, at_ms);
CREATE INDEX shown_code_time ON shown_code (at_ms);
`;

function appliers(db: WritableDb): Appliers {
  const drop = db.write<[number]>('DELETE FROM shown_code WHERE at_ms < ?');
  const add = db.write<[number, string, string, number]>(
    'INSERT INTO shown_code (crossing, token, lane, at_ms, admitted) VALUES (?, ?, ?, ?, 0)',
  );
  const admit = db.write<[number]>('UPDATE shown_code SET admitted = 1 WHERE crossing = ?');
  return {
    'crossing.asked': ({ at, data }) => {
      if (data.code === undefined) return;
      drop.run(at - KEPT_MS);
      add.run(keyOf(data.crossing), data.code.token, data.lane, at);
    },
    'crossing.admitted': ({ data }) => void admit.run(keyOf(data.crossing)),
  };
}

export const shownCode: Projection = {
  name: 'shown-code',
  tables: { shown_code: 'all' },
  ddl,
  appliers,
};
