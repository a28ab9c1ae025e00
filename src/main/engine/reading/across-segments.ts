import { eventKey } from '../../../shared/domain/ids.ts';
import type { Segments } from '../journal/segments.ts';
import type { ReadableDb, Sql } from '../store/database.ts';

/** Rows of one segment with keys between two, both included, newest first, at most so many. */
export type ReadRows<R> = (db: ReadableDb, low: number, high: number, limit: number) => R[];

export interface Range {
  readonly low: number;
  readonly high: number;
  readonly limit: number;
}

/**
 * Rows that fit, newest first, out of all segments. A row that was not settled when its segment
 * ended was carried into the next one and went on changing there: of those only the newest counts,
 * whatever the older ones say.
 */
export function readAcross<R extends { readonly key: number }>(
  segments: Segments,
  table: 'crossing' | 'incident',
  read: ReadRows<R>,
  { low, high, limit }: Range,
): R[] {
  const found: R[] = [];
  /** Keys carried into a segment that was looked at; the newest row, where that one fits. */
  const carried = new Map<number, R | null>();
  const before = `SELECT key FROM ${table} WHERE key <= ?`;
  for (const { db, epoch, baseSeq } of segments.all.toReversed()) {
    const base = eventKey(epoch, baseSeq);
    const own = read(db, Math.max(low, base + 1), high, limit + carried.size);
    found.push(...own.filter(({ key }) => !carried.has(key)));
    const keys = db.query<Sql[], { key: number }>(before).all(base);
    const newest = new Set(keys.map(({ key }) => key).filter((key) => !carried.has(key)));
    for (const key of newest) carried.set(key, null);
    for (const row of read(db, low, Math.min(high, base), keys.length)) {
      if (newest.has(row.key)) carried.set(row.key, row);
    }
    // What was carried is older than all that is this segment's own.
    if (found.length >= limit) break;
  }
  const settled = [...carried.values()].filter((row) => row !== null);
  return [...found, ...settled].sort((a, b) => b.key - a.key).slice(0, limit);
}
