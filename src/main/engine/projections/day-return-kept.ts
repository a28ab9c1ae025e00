import { correctionOfKey, keyOf } from '../../../shared/domain/ids.ts';
import type { Place } from '../../../shared/domain/place.ts';
import { MOST_OWED } from '../../../shared/journal/people-events.ts';
import { DAY_MS } from '../../../shared/lib/hk-time.ts';
import type { ReadableDb, Sql, WritableDb } from '../store/database.ts';
import { newestOf } from './corrections-of.ts';
import type { EventOf } from './projection.ts';

type OwedReturn = NonNullable<EventOf<'correction.confirmed'>['data']['owed']>[number];

/** Obligations that began with nothing or have ended, kept in case that is put right. */
export const keptDdl = `
CREATE TABLE day_return_dropped (
  key INTEGER PRIMARY KEY,
  crossing TEXT NOT NULL,
  person TEXT NOT NULL,
  back TEXT NOT NULL,
  due_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX day_return_dropped_due ON day_return_dropped (due_ms);
-- What an exit ended, as it stood before, in case that exit is put right.
CREATE TABLE day_return_ended (
  key INTEGER PRIMARY KEY,
  exit_key INTEGER NOT NULL,
  crossing TEXT NOT NULL,
  person TEXT NOT NULL,
  back TEXT NOT NULL,
  due_ms INTEGER NOT NULL,
  since_ms INTEGER,
  doubt INTEGER NOT NULL,
  overdue_ms INTEGER,
  outcome TEXT,
  decided_ms INTEGER,
  decided_by TEXT,
  reason TEXT,
  set_key INTEGER,
  -- 1: it stood in an earlier file, and is kept with what was put right.
  brought INTEGER NOT NULL
) STRICT;
CREATE INDEX day_return_ended_exit ON day_return_ended (exit_key);
CREATE INDEX day_return_ended_due ON day_return_ended (due_ms);
`;

/** How long after its cut-off an entry that was not taken may still be put right. */
const DROPPED_MS = 31 * DAY_MS;
const ROW = `key, crossing, person, back, due_ms, since_ms, doubt, overdue_ms, outcome, decided_ms,
  decided_by, reason, set_key`;

/** Obligations of entries that were not taken, which may turn out to have been. */
export function droppedRows(db: WritableDb) {
  const of = 'key = ? AND since_ms IS NULL';
  const keep = db.write<[number]>(
    `INSERT OR REPLACE INTO day_return_dropped (key, crossing, person, back, due_ms)
     SELECT key, crossing, person, back, due_ms FROM day_return WHERE ${of}`,
  );
  const remove = db.write<[number]>(`DELETE FROM day_return WHERE ${of}`);
  const forget = db.write<[number]>('DELETE FROM day_return_dropped WHERE due_ms < ?');
  const bring = db.write<[number, number, number]>(
    `INSERT OR IGNORE INTO day_return (key, crossing, person, back, due_ms, since_ms, doubt)
     SELECT key, crossing, person, back, due_ms, ?, ? FROM day_return_dropped WHERE key = ?`,
  );
  const taken = db.write<[number]>('DELETE FROM day_return_dropped WHERE key = ?');
  const isBack = db.query<[number], { key: number }>(
    `SELECT d.key FROM day_return_dropped d JOIN presence p ON p.person = d.person
     WHERE d.key = ? AND p.unknown = 0 AND p.place = d.back`,
  );
  return {
    drop(key: number, atMs: number): void {
      forget.run(atMs - DROPPED_MS);
      keep.run(key);
      remove.run(key);
    },
    /** Taken after all; in doubt where the person has moved since, unless they came back. */
    restore(key: number, sinceMs: number, hasMoved: boolean): void {
      if (!hasMoved || isBack.get(key) === undefined) bring.run(sinceMs, hasMoved ? 1 : 0, key);
      taken.run(key);
    },
  };
}

/** Obligations that an exit ended which may turn out not to have happened, or to have been late. */
export function endedRows(db: WritableDb) {
  const forget = db.write<[number]>(
    'DELETE FROM day_return_ended WHERE due_ms < ? AND brought = 0',
  );
  const keep = db.write<[number, string, string]>(
    `INSERT OR REPLACE INTO day_return_ended (exit_key, ${ROW}, brought)
     SELECT ?, ${ROW}, 0 FROM day_return
     WHERE person = ? AND closed_ms IS NULL AND back = ? AND (since_ms IS NOT NULL OR doubt = 1)`,
  );
  const bring = db.write<Sql[]>(
    `INSERT OR REPLACE INTO day_return_ended (exit_key, ${ROW}, brought)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`,
  );
  const reopen = db.write<[number]>(
    `INSERT OR REPLACE INTO day_return (${ROW})
     SELECT ${ROW} FROM day_return_ended WHERE exit_key = ?`,
  );
  const gone = db.write<[number]>('DELETE FROM day_return_ended WHERE exit_key = ?');
  /** Back in time leaves no trace; who was back after the cut-off was late, and is back. */
  const inTime = db.write<[number, number]>(
    `DELETE FROM day_return WHERE key IN (SELECT key FROM day_return_ended WHERE exit_key = ?
     AND due_ms >= ? AND overdue_ms IS NULL AND doubt = 0 AND outcome IS NULL)`,
  );
  const late = db.write<[number, number, number]>(
    `INSERT OR REPLACE INTO day_return (${ROW}, closed_ms)
     SELECT key, crossing, person, back, due_ms, since_ms, 0, coalesce(overdue_ms, due_ms), outcome,
       decided_ms, decided_by, reason, set_key, ? FROM day_return_ended
     WHERE exit_key = ? AND due_ms < ?`,
  );
  return {
    /** Before `exit` ends what the person owes at `place`. */
    keep(exit: number, person: string, place: Place, atMs: number): void {
      forget.run(atMs - DROPPED_MS);
      keep.run(exit, person, place);
    },
    /** What it ended stands in an earlier file. */
    bring(exit: number, person: string, owed: readonly OwedReturn[]): void {
      for (const one of owed) {
        const { crossing, back, decidedBy, decidedMs, dueMs, outcome, overdueMs } = one;
        const begun = [keyOf(crossing), crossing, person, back, dueMs, one.sinceMs] as const;
        const told = [one.isInDoubt ? 1 : 0, overdueMs, outcome, decidedMs, decidedBy] as const;
        bring.run(exit, ...begun, ...told, one.reason, one.set === null ? null : keyOf(one.set));
      }
    },
    /** It did not happen: they are due back as before. */
    reopen(exit: number): void {
      reopen.run(exit);
      gone.run(exit);
    },
    /** It happened at another moment. */
    moved(exit: number, atMs: number): void {
      inTime.run(exit, atMs);
      late.run(atMs, exit, atMs);
    },
  };
}

/** Returns that an exit ended, where an earlier file has them last; else none. */
export function endedBefore(files: readonly ReadableDb[], exit: number): OwedReturn[] {
  const sql = `SELECT crossing, back, due_ms AS dueMs, since_ms AS sinceMs, doubt AS isInDoubt,
    overdue_ms AS overdueMs, outcome, decided_ms AS decidedMs, decided_by AS decidedBy, reason,
    set_key AS "set" FROM day_return_ended WHERE exit_key = ? ORDER BY key LIMIT ${MOST_OWED}`;
  type Columns = Omit<OwedReturn, 'isInDoubt' | 'set'> & {
    readonly isInDoubt: number;
    readonly set: number | null;
  };
  const last = newestOf(files, (db) => {
    const rows = db.query<[number], Columns>(sql).all(exit);
    return rows.length === 0 ? undefined : { db, rows };
  });
  if (last === null || last.db === files.at(-1)) return [];
  return last.rows.map(({ isInDoubt, set, ...row }) => ({
    ...{ ...row, isInDoubt: isInDoubt === 1 },
    set: set === null ? null : correctionOfKey(set),
  }));
}

/** Whether one of these files has a day return, or had it ended: what earlier ones say is old. */
export function isKnownIn(files: readonly ReadableDb[], key: number): boolean {
  const sql = `SELECT 1 AS one FROM day_return WHERE key = ?
    UNION ALL SELECT 1 FROM day_return_ended WHERE key = ?`;
  return files.some((db) => db.query<[number, number], object>(sql).get(key, key) !== undefined);
}
