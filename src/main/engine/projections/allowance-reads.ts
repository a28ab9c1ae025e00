import { periodFromMs } from '../../../shared/regime/allowance-period.ts';
import type { RegimeSettings } from '../../../shared/regime/regime-shape.ts';
import type { ReadableDb } from '../store/database.ts';
import { filesOf } from './corrections-of.ts';
import type { JournalFiles } from './journal-files.ts';

type Of = 'person' | 'enterprise';

/** What somebody has used of an allowance: crossings, or cents. */
export interface AllowanceUse {
  readonly fromMs: number;
  readonly used: number;
}

const SUM = `SELECT coalesce(sum(amount), 0) AS used FROM allowance_use
  WHERE of = ? AND subject = ? AND at_ms >= ? AND at_ms <= ?`;

/**
 * Reads of what counts against allowances, in the period of a moment and up to it, over every file
 * of the journal: each passage is counted in the one in which it became known.
 */
export function allowanceReads(db: ReadableDb, segments?: JournalFiles) {
  return {
    /** As a fact of a decision; nothing of nobody, or where this regime counts nothing. */
    fact(settings: RegimeSettings, of: Of, subject: string | null, atMs: number) {
      const use = subject === null ? null : this.use(settings, of, subject, atMs);
      return use === null ? {} : { allowanceUsed: use.used };
    },
    /** Null where the regime sets none for persons, or for enterprises. */
    use(settings: RegimeSettings, of: Of, subject: string, atMs: number): AllowanceUse | null {
      const terms = of === 'person' ? settings.personAllowance : settings.enterpriseAllowance;
      if (terms === undefined) return null;
      const fromMs = periodFromMs(terms.every, atMs);
      let used = 0;
      for (const file of filesOf(db, segments)) {
        const sum = file.query<[string, string, number, number], { used: number }>(SUM);
        used += sum.get(of, subject, fromMs, atMs)?.used ?? 0;
      }
      return { fromMs, used };
    },
  };
}

export type AllowanceReads = ReturnType<typeof allowanceReads>;
