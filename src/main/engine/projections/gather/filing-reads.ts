import type { FilingId } from '../../../../shared/domain/ids.ts';
import type { FilingDue, VirtualFacts } from '../../core/virtual-facts.ts';
import type { ReadableDb } from '../../store/database.ts';

/** Overdue filings told of in one turn; the next look finds the others. */
const AT_ONCE = 64;
const UNTOLD = 'answered_ms IS NULL AND incident IS NULL';

interface Answer {
  readonly answered_ms: number | null;
  readonly incident: NonNullable<VirtualFacts['filing']>['incident'];
}

/** Reads of what was filed with the other side. */
export function filingReads(db: ReadableDb) {
  const due = db.query<[number, number], FilingDue>(
    `SELECT filing, reference FROM filing INDEXED BY filing_untold
     WHERE ${UNTOLD} AND due_ms <= ? ORDER BY due_ms, key LIMIT ?`,
  );
  const next = db.query<[], { ms: number | null }>(
    `SELECT min(due_ms) AS ms FROM filing INDEXED BY filing_untold WHERE ${UNTOLD}`,
  );
  const one = db.query<[string], Answer>(
    `SELECT answered_ms, (SELECT i.incident FROM incident i
       WHERE i.incident = filing.incident AND i.state <> 'resolved') AS incident
     FROM filing WHERE filing = ?`,
  );
  return {
    due: (nowMs: number) => due.all(nowMs, AT_ONCE),
    /** From when on one is overdue that nobody was told of; null for none. */
    fromMs: () => next.get()?.ms ?? null,
    now(filing: FilingId): VirtualFacts['filing'] {
      const row = one.get(filing);
      if (row === undefined) return null;
      return { filing, isAnswered: row.answered_ms !== null, incident: row.incident };
    },
  };
}
