import { periodFromMs } from '../../../shared/regime/allowance-period.ts';
import type { RegimeSettings } from '../../../shared/regime/regime-shape.ts';
import type { ReadableDb } from '../store/database.ts';
import { filesOf, newestOf } from './corrections-of.ts';
import type { JournalFiles } from './journal-files.ts';

type Of = 'person' | 'enterprise';

/** What somebody has used of an allowance, with what is held against it: crossings, or cents. */
export interface AllowanceUse {
  readonly fromMs: number;
  readonly used: number;
}

const SUM = `SELECT coalesce(sum(amount), 0) AS used FROM allowance_use
  WHERE of = ? AND subject = ? AND`;
const COUNTED = `${SUM} at_ms >= ? AND at_ms <= ?`;
/** What is under way happens now, if at all; what is unknown happened when it began, if at all. */
const HELD = `${SUM} at_ms IS NULL AND begun_ms <= ?
  AND (held = 'under-way' OR (held = 'unknown' AND begun_ms >= ?))`;
/** Both in one statement: a gate waits for it. */
const COUNTED_OR_HELD = `SELECT sum(used) AS used FROM (${COUNTED} UNION ALL ${HELD})`;

type Subject = readonly [of: Of, subject: string];
type CountedOf = [...Subject, fromMs: number, atMs: number];
type HeldOf = [...Subject, atMs: number, fromMs: number];
interface Used {
  readonly used: number;
}

/**
 * Reads of what counts against allowances, in the period of a moment and up to it, over every file
 * of the journal: each passage is counted in the one in which it became known. What may still
 * happen, or may have, is held by the file that is written: it goes over from one to the next.
 */
export function allowanceReads(db: ReadableDb, segments?: JournalFiles) {
  const live = db.query<[...CountedOf, ...HeldOf], Used>(COUNTED_OR_HELD);
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
      const who: Subject = [of, subject];
      let used = live.get(...who, fromMs, atMs, ...who, atMs, fromMs)?.used ?? 0;
      for (const file of filesOf(db, segments).slice(0, -1)) {
        used += file.query<CountedOf, Used>(COUNTED).get(...who, fromMs, atMs)?.used ?? 0;
      }
      return { fromMs, used };
    },
  };
}

/**
 * Under which moment a person's crossing counts against their allowance, ms, null for not at all;
 * null instead where it has no row. The newest file that has it has it right.
 */
export function countedBefore(files: readonly ReadableDb[], key: number) {
  const sql = `SELECT at_ms AS fromMs FROM allowance_use
    WHERE key = ? AND of = 'person' AND takes_back = 0`;
  return newestOf(files, (db) => db.query<[number], { fromMs: number | null }>(sql).get(key));
}

export type AllowanceReads = ReturnType<typeof allowanceReads>;
