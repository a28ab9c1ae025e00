import { keyOf } from '../../../shared/domain/ids.ts';
import { hkDay } from '../../../shared/lib/hk-time.ts';
import type { Reason } from '../../../shared/regime/requirement.ts';
import type { WritableDb } from '../store/database.ts';
import {
  type Appliers,
  happenedMs,
  type Projection,
  type Recount,
  whenAnswered,
} from './projection.ts';

/**
 * What became of a day's crossings: totals, refusals and referrals by reason, passages that nobody
 * settled, and the regimes that decided. A crossing belongs to the Hong Kong day of its badge read,
 * however late it ends. A crossing with several reasons counts once under each of them. A segment
 * may count below nought: what it takes back was counted in an earlier one.
 */
const ddl = `
CREATE TABLE day_count (
  day TEXT PRIMARY KEY,
  asked INTEGER NOT NULL DEFAULT 0,
  late INTEGER NOT NULL DEFAULT 0,
  manual INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0,
  referred INTEGER NOT NULL DEFAULT 0,
  waiting INTEGER NOT NULL DEFAULT 0,
  not_taken INTEGER NOT NULL DEFAULT 0,
  unknown INTEGER NOT NULL DEFAULT 0,
  dropped INTEGER NOT NULL DEFAULT 0,
  corrected INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE reason_count (
  day TEXT NOT NULL,
  verdict TEXT NOT NULL,
  reason TEXT NOT NULL,
  count INTEGER NOT NULL DEFAULT 0,
  admitted INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0,
  lapsed INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (day, verdict, reason)
) STRICT, WITHOUT ROWID;
CREATE TABLE unknown_passage (
  key INTEGER PRIMARY KEY,
  day TEXT NOT NULL,
  lane TEXT NOT NULL
) STRICT;
CREATE INDEX unknown_passage_day ON unknown_passage (day);
-- Nobody may have told how they ended for long: a leaf that opens asks for its own lane's only.
CREATE INDEX unknown_passage_lane ON unknown_passage (lane);
CREATE TABLE day_regime (
  day TEXT NOT NULL,
  regime TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (day, regime, version)
) STRICT, WITHOUT ROWID;
`;

/** In place of a reason where the rule itself refers or refuses, whatever its requirements say. */
export const BY_RULE = 'by-rule';

type Total = 'asked' | 'late' | 'manual' | 'refused' | 'referred' | 'not_taken' | 'unknown';
type Outcome = 'admitted' | 'refused' | 'lapsed';
const OUTCOMES = { admit: 'admitted', refuse: 'refused', lapsed: 'lapsed' } as const;

function statements(db: WritableDb) {
  const one = (column: Total) =>
    db.write<[string]>(
      `INSERT INTO day_count (day, ${column}) VALUES (?, 1)
       ON CONFLICT (day) DO UPDATE SET ${column} = ${column} + 1`,
    );
  const settle = (column: Outcome) =>
    db.write<[string, string]>(
      `INSERT INTO reason_count (day, verdict, reason, ${column}) VALUES (?, 'refer', ?, 1)
       ON CONFLICT (day, verdict, reason) DO UPDATE SET ${column} = ${column} + 1`,
    );
  return {
    total: {
      asked: one('asked'),
      late: one('late'),
      manual: one('manual'),
      refused: one('refused'),
      referred: one('referred'),
      not_taken: one('not_taken'),
      unknown: one('unknown'),
    },
    waiting: db.write<[string, number]>(
      `INSERT INTO day_count (day, waiting) VALUES (?, ?)
       ON CONFLICT (day) DO UPDATE SET waiting = waiting + excluded.waiting`,
    ),
    corrected: db.write<[string, number]>(
      `INSERT INTO day_count (day, corrected, not_taken) VALUES (?, 1, ?)
       ON CONFLICT (day) DO UPDATE SET corrected = corrected + 1,
         not_taken = not_taken + excluded.not_taken`,
    ),
    dropped: db.write<[string, number]>(
      `INSERT INTO day_count (day, dropped) VALUES (?, ?)
       ON CONFLICT (day) DO UPDATE SET dropped = dropped + excluded.dropped`,
    ),
    reason: db.write<[string, string, string]>(
      `INSERT INTO reason_count (day, verdict, reason, count) VALUES (?, ?, ?, 1)
       ON CONFLICT (day, verdict, reason) DO UPDATE SET count = count + 1`,
    ),
    settle: {
      admitted: settle('admitted'),
      refused: settle('refused'),
      lapsed: settle('lapsed'),
    },
    doubt: db.write<[number, string, string]>(
      `INSERT INTO unknown_passage (key, day, lane) VALUES (?, ?, ?)
       ON CONFLICT (key) DO NOTHING`,
    ),
    settled: db.write<[number]>('DELETE FROM unknown_passage WHERE key = ?'),
    answered: db.write<[number, number]>(
      `DELETE FROM unknown_passage WHERE key = ?
       AND (SELECT c.answered FROM crossing c WHERE c.key = ?) IS NOT NULL`,
    ),
    seen: db.write<[string]>(
      `INSERT INTO day_count (day, unknown) VALUES (?, -1)
       ON CONFLICT (day) DO UPDATE SET unknown = unknown - 1`,
    ),
    regime: db.write<[string, string, number]>(
      'INSERT OR IGNORE INTO day_regime (day, regime, version) VALUES (?, ?, ?)',
    ),
    askedMs: db.query<[number], { at_ms: number }>('SELECT at_ms FROM crossing WHERE key = ?'),
    reasonsOf: db.query<[string], { reasons: string }>(
      'SELECT reasons FROM exception WHERE exception = ?',
    ),
  };
}

/** Each requirement that failed, once. */
function distinct(reasons: readonly Reason[]): string[] {
  return reasons.length === 0 ? [BY_RULE] : [...new Set(reasons.map((reason) => reason.is))];
}

/**
 * The day of the badge read, and those under whose moments the passage is counted, with how the
 * crossings that were not taken change: on the first one alone.
 */
function daysOf({ askedMs, fromMs, notTaken, toMs }: Recount): ReadonlyMap<string, number> {
  const moved = [fromMs, toMs].flatMap((ms) => (ms === null ? [] : [hkDay(ms)]));
  return new Map([...moved.map((day) => [day, 0] as const), [hkDay(askedMs), notTaken]]);
}

function appliers(db: WritableDb): Appliers {
  const sql = statements(db);
  /** The day of the badge read; the event's own where the crossing is not known. */
  const dayOf = (event: { at: number; data: { crossing: string } }): string =>
    hkDay(sql.askedMs.get(keyOf(event.data.crossing))?.at_ms ?? event.at);
  const decidedBy = (event: { at: number; data: { regime: string; regimeVersion: number } }) =>
    sql.regime.run(hkDay(event.at), event.data.regime, event.data.regimeVersion);
  return {
    'crossing.asked': (event) => {
      const total = event.data.timing === 'late' ? sql.total.late : sql.total.asked;
      total.run(hkDay(happenedMs(event)));
    },
    'crossing.recorded': (event) => {
      const { paper, timing } = event.data;
      const unseen = paper === undefined ? sql.total.late : sql.total.manual;
      const total = timing === 'live' ? sql.total.asked : unseen;
      total.run(hkDay(happenedMs(event)));
    },
    'crossing.admitted': (event) => {
      if (event.data.exception === null) decidedBy(event);
    },
    'crossing.refused': (event) => {
      if (event.data.exception !== null) return;
      decidedBy(event);
      const day = dayOf(event);
      sql.total.refused.run(day);
      for (const reason of distinct(event.data.reasons)) sql.reason.run(day, 'refuse', reason);
    },
    'crossing.referred': (event) => {
      decidedBy(event);
      const day = dayOf(event);
      sql.total.referred.run(day);
      sql.waiting.run(day, 1);
      for (const reason of distinct(event.data.reasons)) sql.reason.run(day, 'refer', reason);
    },
    'exception.resolved': (event) => {
      const { exception, outcome } = event.data;
      const row = sql.reasonsOf.get(exception);
      if (row === undefined) return;
      const day = dayOf(event);
      const reasons = distinct(JSON.parse(row.reasons) as Reason[]);
      for (const reason of reasons) sql.settle[OUTCOMES[outcome]].run(day, reason);
      sql.waiting.run(day, -1);
      if (outcome === 'lapsed') sql.total.not_taken.run(day);
    },
    'crossing.not-taken': (event) => void sql.total.not_taken.run(dayOf(event)),
    'crossing.unknown': (event) => {
      const day = dayOf(event);
      sql.total.unknown.run(day);
      sql.doubt.run(keyOf(event.data.crossing), day, event.data.lane);
    },
    // The board told afterwards of a passage that nobody had seen: it is unknown no more.
    'crossing.passed': (event) => {
      const wasUnknown = sql.settled.run(keyOf(event.data.crossing)) > 0;
      if (wasUnknown) sql.seen.run(dayOf(event));
    },
    ...whenAnswered((crossing) => void sql.answered.run(keyOf(crossing), keyOf(crossing))),
    'correction.confirmed': ({ data: { recount } }) => {
      if (recount === null) return;
      for (const [day, notTaken] of daysOf(recount)) sql.corrected.run(day, notTaken);
    },
    'intake.overflowed': (event) => void sql.dropped.run(hkDay(event.at), event.data.dropped),
    'engine.started': (event) => void decidedBy(event),
    'regime.in-force': (event) => {
      sql.regime.run(hkDay(event.at), event.data.regime, event.data.version);
    },
  };
}

/** Applied after `crossing` and `exception`, whose rows it looks at. */
export const dayCount: Projection = {
  name: 'day-count',
  tables: {
    ...{ day_count: 'none', reason_count: 'none' },
    ...{ unknown_passage: 'all', day_regime: 'none' },
  },
  ddl,
  appliers,
};
