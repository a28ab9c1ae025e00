import { keyOf } from '../../../shared/domain/ids.ts';
import { DAY_MS } from '../../../shared/lib/hk-time.ts';
import type { WritableDb } from '../store/database.ts';
import { type Appliers, happenedMs, type Projection, whenAnswered } from './projection.ts';

/**
 * What counts against an allowance: a row from the admission on, held against it while its passage
 * is under way, counted once that has happened. An unknown passage may have happened, so that it
 * is held too, as presence holds a person's place in doubt, until somebody says how it ended. An
 * amount is 1 for a person's crossing, cents for an enterprise's goods.
 */
const ddl = `
CREATE TABLE allowance_use (
  key INTEGER NOT NULL,
  of TEXT NOT NULL,
  subject TEXT NOT NULL,
  amount INTEGER NOT NULL,
  begun_ms INTEGER NOT NULL,
  -- When the passage happened; null while it did not.
  at_ms INTEGER,
  -- 'under-way' or 'unknown': it may still happen, or may have; null where it is over.
  held TEXT,
  -- 1: below nought, what an earlier file of the journal counts and a correction takes back.
  takes_back INTEGER NOT NULL,
  PRIMARY KEY (key, of, subject, takes_back)
) STRICT, WITHOUT ROWID;
CREATE INDEX allowance_use_subject ON allowance_use (of, subject, at_ms);
CREATE INDEX allowance_use_begun ON allowance_use (begun_ms)
  WHERE at_ms IS NULL AND held IS NULL;
`;

/** How long a passage that did not happen may still turn out to have. */
const KEPT_MS = 31 * DAY_MS;
/** What is counted stays in its file: reads add up over all of them. */
const UNSETTLED = 'at_ms IS NULL';

type Held = 'under-way' | 'unknown';

function statements(db: WritableDb) {
  return {
    forget: db.write<[number]>(
      'DELETE FROM allowance_use WHERE at_ms IS NULL AND held IS NULL AND begun_ms < ?',
    ),
    drop: db.write<[number]>('DELETE FROM allowance_use WHERE key = ?'),
    add: db.write<[number, string, string, number, number, number | null]>(
      `INSERT INTO allowance_use (key, of, subject, amount, begun_ms, at_ms, takes_back)
       VALUES (?, ?, ?, ?, ?, ?, 0) ON CONFLICT DO UPDATE SET amount = amount + excluded.amount`,
    ),
    takeBack: db.write<[number, string, number, number]>(
      `INSERT INTO allowance_use (key, of, subject, amount, begun_ms, at_ms, takes_back)
       VALUES (?, 'person', ?, -1, ?, ?, 1)`,
    ),
    has: db.query<[number], object>('SELECT 1 AS one FROM allowance_use WHERE key = ?'),
    hold: db.write<[Held | null, number]>(
      'UPDATE allowance_use SET held = ? WHERE key = ? AND at_ms IS NULL',
    ),
    happened: db.write<[number | null, number]>(
      'UPDATE allowance_use SET at_ms = ?, held = NULL WHERE key = ? AND takes_back = 0',
    ),
    /** Whenever somebody says so: it happened when it was let happen, or not at all. */
    answered: db.write<[number]>(
      `UPDATE allowance_use SET held = NULL, at_ms = iif(c.answered = 'passed', begun_ms, NULL)
       FROM crossing c WHERE allowance_use.key = ? AND held = 'unknown'
         AND c.key = allowance_use.key AND c.answered IS NOT NULL`,
    ),
  };
}

function appliers(db: WritableDb): Appliers {
  const sql = statements(db);
  return {
    // The parts of a vehicle, each by itself; told again where a person admits it.
    'cargo.decided': ({ at, data: { crossing, parts } }) => {
      const key = keyOf(crossing);
      sql.drop.run(key);
      for (const { obligations } of parts) {
        for (const one of obligations) {
          if (one.is !== 'allowance') continue;
          sql.add.run(key, one.of, one.subject, one.amount, at, null);
        }
      }
    },
    'crossing.admitted': ({ at, data: { crossing, obligations, person } }) => {
      if (!obligations.includes('allowance')) return;
      const key = keyOf(crossing);
      sql.forget.run(at - KEPT_MS);
      // A vehicle's parts have their rows already.
      const isNew = person !== null && sql.has.get(key) === undefined;
      if (isNew) sql.add.run(key, 'person', person, 1, at, null);
      sql.hold.run('under-way', key);
    },
    'crossing.not-taken': ({ data }) => void sql.hold.run(null, keyOf(data.crossing)),
    'crossing.unknown': ({ data }) => void sql.hold.run('unknown', keyOf(data.crossing)),
    'crossing.passed': (event) => {
      sql.happened.run(happenedMs(event), keyOf(event.data.crossing));
    },
    'crossing.recorded': (event) => {
      const { allowance, crossing, granted, person } = event.data;
      if (allowance !== true || !granted || person === null) return;
      sql.add.run(keyOf(crossing), 'person', person, 1, event.at, happenedMs(event));
    },
    ...whenAnswered((crossing) => void sql.answered.run(keyOf(crossing))),
    'correction.confirmed': ({ data: { allowance: used, crossing, fact, person, recount } }) => {
      if (fact === 'day-return' || recount === null) return;
      const key = keyOf(crossing);
      if (sql.has.get(key) !== undefined) {
        sql.happened.run(recount.toMs, key);
        return;
      }
      // Its row stands in an earlier file, which stays as it is.
      if (used === undefined || person === null) return;
      const { fromMs } = used;
      if (fromMs !== null) sql.takeBack.run(key, person, recount.askedMs, fromMs);
      sql.add.run(key, 'person', person, 1, recount.askedMs, recount.toMs);
    },
  };
}

/** Applied after `crossing`, whose rows it looks at. */
export const allowance: Projection = {
  name: 'allowance',
  tables: { allowance_use: { where: UNSETTLED } },
  ddl,
  appliers,
};
