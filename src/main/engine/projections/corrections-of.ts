import type { ReadableDb, Sql } from '../store/database.ts';
import type { FactCorrectionColumns } from './fact-correction.ts';
import type { JournalFiles } from './journal-files.ts';

/** All files of the journal, oldest first; where only one is at hand, that one. */
export function filesOf(db: ReadableDb, segments?: JournalFiles): readonly ReadableDb[] {
  return segments === undefined ? [db] : segments.all.map((segment) => segment.db);
}

/** What the newest file has that has it; null where none does. */
export function newestOf<R>(
  files: readonly ReadableDb[],
  read: (file: ReadableDb) => R | undefined,
): R | null {
  for (const file of files.toReversed()) {
    const found = read(file);
    if (found !== undefined) return found;
  }
  return null;
}

/**
 * Corrections that fit, in the order in which they were asked for. One that waited when its segment
 * ended stands in the next one too: there it went on.
 */
export function correctionsWhere(
  files: readonly ReadableDb[],
  where: string,
  ...values: readonly Sql[]
): FactCorrectionColumns[] {
  const found = new Map<number, FactCorrectionColumns>();
  const sql = `SELECT * FROM fact_correction WHERE ${where} ORDER BY key`;
  for (const db of files) {
    for (const row of db.query<Sql[], FactCorrectionColumns>(sql).all(...values)) {
      found.set(row.key, row);
    }
  }
  return [...found.values()].sort((a, b) => a.key - b.key);
}

/** What two persons put right, in the order in which they did. */
export function inForce(rows: readonly FactCorrectionColumns[]): FactCorrectionColumns[] {
  return rows
    .filter(({ state }) => state === 'confirmed')
    .sort((a, b) => (a.settled_key ?? 0) - (b.settled_key ?? 0));
}

/** The newest of those that put a fact right; undefined for none. */
export function lastOf(
  rows: readonly FactCorrectionColumns[],
  fact: string,
): FactCorrectionColumns | undefined {
  return rows.findLast((row) => row.fact === fact);
}
