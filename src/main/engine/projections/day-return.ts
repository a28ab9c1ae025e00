import { eventKey, keyOf } from '../../../shared/domain/ids.ts';
import type { Place } from '../../../shared/domain/place.ts';
import { userOf } from '../../../shared/journal/envelope.ts';
import type { WritableDb } from '../store/database.ts';
import { droppedRows, endedRows, keptDdl } from './day-return-kept.ts';
import { type Appliers, type EventOf, happenedMs, type Projection } from './projection.ts';

/**
 * Who has to be back where they came from, and by when: a row from the admission on. Being back in
 * time ends it without a trace; who was late, or whose exit nobody saw, keeps a row with what a
 * person decided. A missing exit is never taken for one. What was of an entry that was not taken is
 * kept apart for a month, in case the entry is put right; so is what an exit ended.
 */
const ddl = `
CREATE TABLE day_return (
  key INTEGER PRIMARY KEY,
  crossing TEXT NOT NULL,
  person TEXT NOT NULL,
  -- Where the person came from, and has to be back.
  back TEXT NOT NULL,
  due_ms INTEGER NOT NULL,
  -- Null until the person went in.
  since_ms INTEGER,
  -- 1: whether the person went in, or out again, is not known.
  doubt INTEGER NOT NULL,
  overdue_ms INTEGER,
  outcome TEXT,
  decided_ms INTEGER,
  decided_by TEXT,
  reason TEXT,
  set_key INTEGER,
  closed_ms INTEGER
) STRICT;
CREATE INDEX day_return_all ON day_return (person, key);
CREATE INDEX day_return_person ON day_return (person, key) WHERE closed_ms IS NULL;
CREATE INDEX day_return_due ON day_return (due_ms, key)
  WHERE closed_ms IS NULL AND overdue_ms IS NULL AND (since_ms IS NOT NULL OR doubt = 1);
CREATE TABLE day_return_soon (
  due_ms INTEGER PRIMARY KEY,
  persons INTEGER NOT NULL,
  told_key INTEGER NOT NULL
) STRICT;
`;

/** What is settled stays in its segment. */
const OPEN = { where: 'closed_ms IS NULL' };
function statements(db: WritableDb) {
  const open = 'person = ? AND closed_ms IS NULL';
  return {
    begin: db.write<[number, string, string, string, number, number | null]>(
      `INSERT INTO day_return (key, crossing, person, back, due_ms, since_ms, doubt)
       VALUES (?, ?, ?, ?, ?, ?, 0)`,
    ),
    never: db.write<[number]>('DELETE FROM day_return WHERE key = ? AND since_ms IS NULL'),
    enter: db.write<[number, number]>(
      'UPDATE day_return SET since_ms = ?, doubt = 0 WHERE key = ? AND closed_ms IS NULL',
    ),
    /** Came in again, and the exit in between is missing. */
    missed: db.write<[string, number]>(
      `UPDATE day_return SET doubt = 1 WHERE ${open} AND key < ? AND since_ms IS NOT NULL`,
    ),
    doubt: db.write<[number]>(
      'UPDATE day_return SET doubt = 1 WHERE key = ? AND closed_ms IS NULL',
    ),
    doubtExit: db.write<[string, string]>(
      `UPDATE day_return SET doubt = 1, outcome = NULL
       WHERE ${open} AND back = ? AND since_ms IS NOT NULL`,
    ),
    inTime: db.write<[string, string]>(
      `DELETE FROM day_return WHERE ${open} AND back = ? AND overdue_ms IS NULL AND doubt = 0
       AND outcome IS NULL AND since_ms IS NOT NULL`,
    ),
    close: db.write<[number, string, string]>(
      `UPDATE day_return SET closed_ms = ?, doubt = 0
       WHERE ${open} AND back = ? AND (since_ms IS NOT NULL OR doubt = 1)`,
    ),
    /** Said to be elsewhere than beyond that line: inside still, however that came. */
    inside: db.write<[number, string, string]>(
      `UPDATE day_return SET doubt = 0, since_ms = coalesce(since_ms, ?)
       WHERE ${open} AND back <> ? AND doubt = 1`,
    ),
    overdue: db.write<[number, number]>('UPDATE day_return SET overdue_ms = ? WHERE key = ?'),
    soon: db.write<[number, number, number]>(
      'INSERT OR REPLACE INTO day_return_soon (due_ms, persons, told_key) VALUES (?, ?, ?)',
    ),
    decide: db.write<[string, number, number, string | null, string, number | null, number]>(
      `UPDATE day_return SET outcome = ?, since_ms = coalesce(since_ms, ?), decided_ms = ?,
         decided_by = ?, reason = ?, set_key = ?, doubt = 0 WHERE key = ?`,
    ),
    /** Decided wrongly; what was closed by that alone is open again. */
    correct: db.write<[string, number, number]>(
      'UPDATE day_return SET outcome = ?, closed_ms = iif(?, NULL, closed_ms) WHERE key = ?',
    ),
    placeOf: db.query<[string, number], { source: number }>(
      'SELECT source FROM presence WHERE person = ? AND unknown = 0 AND source = ?',
    ),
    setKey: db.query<[number], { key: number | null; person: string }>(
      'SELECT set_key AS key, person FROM day_return WHERE key = ?',
    ),
  };
}

/** A crossing that began an obligation, or ended one, was put right; or the decision on one. */
function corrected(
  sql: ReturnType<typeof statements>,
  dropped: ReturnType<typeof droppedRows>,
  ended: ReturnType<typeof endedRows>,
) {
  return ({ at, data }: EventOf<'correction.confirmed'>): void => {
    const { after, crossing, fact, owed = [], person: of, place, recount } = data;
    const key = keyOf(crossing);
    if (of !== null) ended.bring(key, of, owed);
    if (fact === 'passage' && after === 'passed') {
      dropped.restore(key, recount?.toMs ?? at, place === null);
      // The next event has them there.
      if (place !== null && of !== null) ended.keep(key, of, place, at);
    }
    // Where they have crossed since, that tells where they are, and not this.
    if (fact === 'passage' && after === 'not-taken' && place !== null) ended.reopen(key);
    if (fact === 'time' && recount?.toMs != null) ended.moved(key, recount.toMs);
    if (fact !== 'day-return') return;
    const decided = sql.setKey.get(key);
    if (decided === undefined) return;
    // Nobody has seen the person since the wrong decision: its word was all that closed it.
    const { key: from, person } = decided;
    const isAlone = from !== null && sql.placeOf.get(person, from) !== undefined;
    sql.correct.run(String(after), isAlone && after === 'stayed' ? 1 : 0, key);
  };
}

function appliers(db: WritableDb): Appliers {
  const sql = statements(db);
  const dropped = droppedRows(db);
  const ended = endedRows(db);
  /** A person is at a place: every obligation to be back there ends. */
  const arrived = (person: string, place: Place, atMs: number) => {
    sql.inTime.run(person, place);
    sql.close.run(atMs, person, place);
  };
  return {
    'crossing.admitted': ({ data: { crossing, dueBackMs, from, person } }) => {
      if (person === null || dueBackMs === null) return;
      sql.begin.run(keyOf(crossing), crossing, person, from, dueBackMs, null);
    },
    'crossing.not-taken': ({ at, data }) => dropped.drop(keyOf(data.crossing), at),
    'crossing.passed': (event) => {
      const { crossing, person, to, movesPresence } = event.data;
      if (person === null) return;
      const key = keyOf(crossing);
      if (!movesPresence) {
        sql.never.run(key);
        return;
      }
      ended.keep(key, person, to, event.at);
      arrived(person, to, event.at);
      sql.missed.run(person, key);
      sql.enter.run(happenedMs(event), key);
    },
    'crossing.recorded': (event) => {
      const { crossing, dueBackMs = null, from, movesPresence, person, to } = event.data;
      if (person === null || !movesPresence) return;
      ended.keep(keyOf(crossing), person, to, event.at);
      arrived(person, to, event.at);
      if (dueBackMs === null) return;
      const key = keyOf(crossing);
      sql.missed.run(person, key);
      sql.begin.run(key, crossing, person, from, dueBackMs, happenedMs(event));
    },
    'crossing.unknown': ({ data: { crossing, person, to } }) => {
      sql.doubt.run(keyOf(crossing));
      if (person !== null) sql.doubtExit.run(person, to);
    },
    'presence.set': ({ at, data: { person, place } }) => {
      sql.inside.run(at, person, place);
      arrived(person, place, at);
    },
    'day-return.soon': ({ data, epoch, seq }) =>
      void sql.soon.run(data.dueMs, data.persons, eventKey(epoch, seq)),
    'day-return.overdue': ({ at, data }) => void sql.overdue.run(at, keyOf(data.crossing)),
    'day-return.decided': ({ actor, at, data, epoch, seq }) => {
      const by = userOf(actor);
      // What puts who left beyond the line is the next event.
      const set = data.outcome === 'left' ? eventKey(epoch, seq + 1) : null;
      sql.decide.run(data.outcome, at, at, by, data.reason, set, keyOf(data.crossing));
    },
    'correction.confirmed': corrected(sql, dropped, ended),
  };
}

/** Applied after `presence`, whose rows it looks at. */
export const dayReturn: Projection = {
  name: 'day-return',
  tables: {
    day_return: OPEN,
    day_return_dropped: 'all',
    day_return_ended: 'none',
    day_return_soon: 'all',
  },
  ddl: `${ddl}${keptDdl}`,
  appliers,
};
