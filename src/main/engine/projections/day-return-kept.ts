import type { Place } from '../../../shared/domain/place.ts';
import { DAY_MS } from '../../../shared/lib/hk-time.ts';
import type { WritableDb } from '../store/database.ts';

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
  set_key INTEGER
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
  const forget = db.write<[number]>('DELETE FROM day_return_ended WHERE due_ms < ?');
  const keep = db.write<[number, string, string]>(
    `INSERT OR REPLACE INTO day_return_ended (exit_key, ${ROW}) SELECT ?, ${ROW} FROM day_return
     WHERE person = ? AND closed_ms IS NULL AND back = ? AND (since_ms IS NOT NULL OR doubt = 1)`,
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
