import type { CrossingId, PersonId } from '../../../../shared/domain/ids.ts';
import type { Place } from '../../../../shared/domain/place.ts';
import type { DayReturnDue, DayReturnNow } from '../../core/facts.ts';
import type { ReadableDb } from '../../store/database.ts';

/** Overdue persons told of in one turn; the next look finds the others. */
const AT_ONCE = 64;

/** Of the index `day_return_due`. */
const WAITING = `closed_ms IS NULL AND overdue_ms IS NULL
  AND (since_ms IS NOT NULL OR doubt = 1)`;

/**
 * Reads of who has to be back that facts are made of. `warnsMs`: how long before a cut-off those
 * who are inside still are told of, by the regime of a moment.
 */
export function dayReturnReads(db: ReadableDb, warnsMs: (atMs: number) => number) {
  const overdue = db.query<[number, number], DayReturnDue['overdue'][number]>(
    `SELECT crossing, person, due_ms AS dueMs FROM day_return
     WHERE ${WAITING} AND due_ms <= ? ORDER BY due_ms, key LIMIT ?`,
  );
  const soon = db.query<[number, number], { dueMs: number; persons: number }>(
    `SELECT due_ms AS dueMs, count(*) AS persons FROM day_return
     WHERE ${WAITING} AND due_ms > ? AND due_ms <= ?
       AND due_ms NOT IN (SELECT due_ms FROM day_return_soon)
     GROUP BY due_ms ORDER BY due_ms LIMIT 1`,
  );
  const next = db.query<[], { ms: number | null }>(
    `SELECT min(due_ms) AS ms FROM day_return WHERE ${WAITING}`,
  );
  const unwarned = db.query<[], { ms: number | null }>(
    `SELECT min(due_ms) AS ms FROM day_return
     WHERE ${WAITING} AND due_ms NOT IN (SELECT due_ms FROM day_return_soon)`,
  );
  const one = db.query<[string], DayReturnColumns>(
    `SELECT person, back, overdue_ms, doubt, outcome, closed_ms FROM day_return
     WHERE crossing = ?`,
  );
  return {
    /** The moment on the calendar from which somebody is to be told of; null for none. */
    fromMs(nowMs: number): number | null {
      const overdueMs = next.get()?.ms ?? null;
      if (overdueMs === null) return null;
      const warnMs = unwarned.get()?.ms ?? null;
      return warnMs === null ? overdueMs : Math.min(overdueMs, warnMs - warnsMs(nowMs));
    },
    due(wallMs: number): DayReturnDue {
      return {
        overdue: overdue.all(wallMs, AT_ONCE),
        soon: soon.get(wallMs, wallMs + warnsMs(wallMs)) ?? null,
      };
    },
    now(crossing: string): DayReturnNow | null {
      const row = one.get(crossing);
      if (row === undefined) return null;
      return {
        crossing: crossing as CrossingId,
        person: row.person as PersonId,
        back: row.back,
        isOpen: row.closed_ms === null,
        isUnknown: row.overdue_ms !== null || row.doubt === 1,
        outcome: row.outcome,
      };
    },
  };
}

interface DayReturnColumns {
  readonly person: string;
  readonly back: Place;
  readonly overdue_ms: number | null;
  readonly doubt: number;
  readonly outcome: DayReturnNow['outcome'];
  readonly closed_ms: number | null;
}
