import { periodFromMs } from '../../../shared/regime/allowance-period.ts';
import type { RegimeSettings } from '../../../shared/regime/regime-shape.ts';
import type { ReadableDb } from '../store/database.ts';

type Of = 'person' | 'enterprise';

/** What somebody has used of an allowance: crossings, or cents. */
export interface AllowanceUse {
  readonly fromMs: number;
  readonly used: number;
}

/** Reads of what counts against allowances, in the period of a moment and up to it. */
export function allowanceReads(db: ReadableDb) {
  const sum = db.query<[string, string, number, number], { used: number }>(
    `SELECT coalesce(sum(amount), 0) AS used FROM allowance_use
     WHERE of = ? AND subject = ? AND at_ms >= ? AND at_ms <= ?`,
  );
  return {
    /** Null where the regime sets none for persons, or for enterprises. */
    use(settings: RegimeSettings, of: Of, subject: string, atMs: number): AllowanceUse | null {
      const terms = of === 'person' ? settings.personAllowance : settings.enterpriseAllowance;
      if (terms === undefined) return null;
      const fromMs = periodFromMs(terms.every, atMs);
      return { fromMs, used: sum.get(of, subject, fromMs, atMs)?.used ?? 0 };
    },
  };
}

export type AllowanceReads = ReturnType<typeof allowanceReads>;
