import { eventKey, keyOf } from '../../../shared/domain/ids.ts';
import { MAX_LATE_MS } from '../../../shared/journal/happened.ts';
import { DAY_MS, minuteOf } from '../../../shared/lib/hk-time.ts';
import type { WritableDb } from '../store/database.ts';
import { type Appliers, happenedMs, type Projection } from './projection.ts';

/**
 * Passages at open gates that were counted without a name, and crossings off paper forms, as long
 * as one may turn out to be the other: the later one then names the one before it. A passage leaves
 * once a form took its place; a form stays, since the ledger looks at what it changed.
 */
const ddl = `
CREATE TABLE unnamed_passage (
  key INTEGER PRIMARY KEY,
  lane TEXT NOT NULL,
  direction TEXT NOT NULL,
  happened_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX unnamed_passage_lane ON unnamed_passage (lane, happened_ms);
CREATE TABLE paper_crossing (
  key INTEGER PRIMARY KEY,
  lane TEXT NOT NULL,
  direction TEXT NOT NULL,
  -- The minute that the form says.
  minute_ms INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  -- 1 where the ledger took somebody out of the place that it left, and put them where it led.
  went_out INTEGER NOT NULL,
  came_in INTEGER NOT NULL,
  -- 1 once it has its passage.
  taken INTEGER NOT NULL
) STRICT;
CREATE INDEX paper_crossing_lane ON paper_crossing (lane, minute_ms);
`;

/** Forms are keyed in within the time for which an event is believed to be late; a day more. */
const KEPT_MS = MAX_LATE_MS + DAY_MS;
/** Passages that are kept of a lane, the newest ones. */
const MOST_OF_LANE = 1_000;

function statements(db: WritableDb) {
  return {
    went: db.write<[number, string, string, number]>(
      'INSERT INTO unnamed_passage (key, lane, direction, happened_ms) VALUES (?, ?, ?, ?)',
    ),
    named: db.write<[number]>('DELETE FROM unnamed_passage WHERE key = ?'),
    forgetOld: db.write<[string, number]>(
      'DELETE FROM unnamed_passage WHERE lane = ? AND happened_ms < ?',
    ),
    forgetMost: db.write<[string]>(
      `DELETE FROM unnamed_passage WHERE key IN (
         SELECT key FROM unnamed_passage WHERE lane = ?
         ORDER BY happened_ms DESC, key DESC LIMIT -1 OFFSET ${MOST_OF_LANE})`,
    ),
    place: db.query<[string], { place: string }>('SELECT place FROM presence WHERE person = ?'),
    form: db.write<[number, string, string, number, number, number, number, number]>(
      `INSERT INTO paper_crossing
         (key, lane, direction, minute_ms, at_ms, went_out, came_in, taken)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    forgetForms: db.write<[string, number]>(
      'DELETE FROM paper_crossing WHERE lane = ? AND minute_ms < ?',
    ),
    has: db.write<[number]>('UPDATE paper_crossing SET taken = 1 WHERE key = ?'),
  };
}

function appliers(db: WritableDb): Appliers {
  const sql = statements(db);
  return {
    'passage.unnamed': (event) => {
      const { at, epoch, seq } = event;
      const { direction, lane, namedBy } = event.data;
      if (namedBy !== undefined) {
        sql.has.run(keyOf(namedBy));
        return;
      }
      sql.went.run(eventKey(epoch, seq), lane, direction, happenedMs(event));
      sql.forgetOld.run(lane, at - KEPT_MS);
      sql.forgetMost.run(lane);
    },
    'crossing.recorded': (event) => {
      const { crossing, direction, from, lane, movesPresence, paper, person, to } = event.data;
      if (paper === undefined) return;
      if (paper.takes !== undefined) sql.named.run(keyOf(paper.takes));
      const before = person === null ? undefined : sql.place.get(person)?.place;
      const moves = person !== null && movesPresence && before !== to;
      const [wentOut, cameIn] = [moves && before === from ? 1 : 0, moves ? 1 : 0];
      const minuteMs = minuteOf(happenedMs(event));
      const taken = paper.takes === undefined ? 0 : 1;
      sql.forgetForms.run(lane, event.at - KEPT_MS);
      sql.form.run(
        ...([keyOf(crossing), lane, direction, minuteMs, event.at] as const),
        ...([wentOut, cameIn, taken] as const),
      );
    },
  };
}

/** Applied before `presence`, whose rows it looks at as they were before a form. */
export const unnamedPassage: Projection = {
  name: 'unnamed-passage',
  tables: { unnamed_passage: 'all', paper_crossing: 'all' },
  ddl,
  appliers,
};
