import { keyOf } from '../../../shared/domain/ids.ts';
import { BEYOND } from '../../../shared/domain/place.ts';
import { userOf } from '../../../shared/journal/envelope.ts';
import type { WritableDb } from '../store/database.ts';
import type { Appliers, Projection } from './projection.ts';

/**
 * Roll calls, and of the newest one everybody: those on the list, each with the place that the
 * ledger had them at when it began, and those who came and were not on it (no place). The list is
 * taken from the ledger as it is at that event, so that a rebuild takes the same.
 */
const ddl = `
CREATE TABLE muster (
  key INTEGER PRIMARY KEY,
  muster TEXT NOT NULL UNIQUE,
  area TEXT,
  why TEXT NOT NULL,
  reason TEXT NOT NULL,
  begun_ms INTEGER NOT NULL,
  begun_by TEXT,
  ended_ms INTEGER,
  ended_by TEXT,
  listed INTEGER NOT NULL,
  anonymous INTEGER NOT NULL,
  marked INTEGER NOT NULL,
  unlisted INTEGER NOT NULL
) STRICT;
CREATE TABLE muster_person (
  key INTEGER NOT NULL,
  person TEXT NOT NULL,
  place TEXT,
  marked_ms INTEGER,
  reader TEXT,
  marked_by TEXT,
  PRIMARY KEY (key, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX muster_marked ON muster_person (key, marked_ms);
`;

export interface MusterColumns {
  key: number;
  muster: string;
  area: string | null;
  why: string;
  reason: string;
  begun_ms: number;
  begun_by: string | null;
  ended_ms: number | null;
  ended_by: string | null;
  listed: number;
  anonymous: number;
  marked: number;
  unlisted: number;
}

export interface MusterPersonColumns {
  person: string;
  place: string | null;
  marked_ms: number | null;
  reader: string | null;
  marked_by: string | null;
}

/** `presence` rows that a muster lists: of an area, which is asked for twice, or of all (null). */
export const INSIDE = `place NOT IN ('${BEYOND.join("', '")}') AND (? IS NULL OR place = ?)`;

function statements(db: WritableDb) {
  type Begun = [string | null, string, string, number, string | null, number, number];
  return {
    begin: db.write<[number, string, ...Begun]>(
      `INSERT INTO muster (key, muster, area, why, reason, begun_ms, begun_by, listed, anonymous,
         marked, unlisted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)`,
    ),
    list: db.write<[number, string | null, string | null]>(
      `INSERT INTO muster_person (key, person, place)
       SELECT ?, person, place FROM presence WHERE ${INSIDE}`,
    ),
    mark: db.write<[number, string, number, string | null, string | null]>(
      `INSERT INTO muster_person (key, person, marked_ms, reader, marked_by)
       VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (key, person) DO UPDATE SET marked_ms = excluded.marked_ms,
         reader = excluded.reader, marked_by = excluded.marked_by`,
    ),
    count: db.write<[number, number, number]>(
      'UPDATE muster SET marked = marked + ?, unlisted = unlisted + ? WHERE key = ?',
    ),
    end: db.write<[number, string | null, number]>(
      'UPDATE muster SET ended_ms = ?, ended_by = ? WHERE key = ?',
    ),
  };
}

function appliers(db: WritableDb): Appliers {
  const sql = statements(db);
  return {
    'muster.begun': ({ actor, at, data }) => {
      const { anonymous, area, listed, muster, reason, why } = data;
      const key = keyOf(muster);
      const by = userOf(actor);
      sql.begin.run(key, muster, area, why, reason, at, by, listed, anonymous);
      sql.list.run(key, area, area);
    },
    'muster.marked': ({ actor, at, data }) => {
      const key = keyOf(data.muster);
      const by = userOf(actor);
      sql.mark.run(key, data.person, at, data.reader, by);
      sql.count.run(data.listed ? 1 : 0, data.listed ? 0 : 1, key);
    },
    'muster.ended': ({ actor, at, data }) => {
      sql.end.run(at, userOf(actor), keyOf(data.muster));
    },
  };
}

/** Applied after `presence`, whose rows it takes its list from. */
export const muster: Projection = {
  name: 'muster',
  tables: {
    muster: 'all',
    // Of an older one the journal itself tells.
    muster_person: { where: 'key = (SELECT max(key) FROM muster)' },
  },
  ddl,
  appliers,
};
