import { eventKey } from '../../../shared/domain/ids.ts';
import type { Segments } from '../journal/segments.ts';
import type { ReadableDb, Sql } from '../store/database.ts';

export interface Range {
  readonly low: number;
  readonly high: number;
  readonly limit: number;
}

/** What a look at a range found, newest first. */
export interface Found<R> {
  readonly rows: R[];
  /** The key down to which it looked, where it ended before all of the range was looked at. */
  readonly reached: number | null;
}

/**
 * Rows of one segment with keys between two, both included, newest first, at most so many. It may
 * end early only where it is told so, and never before it has looked at something.
 */
export type ReadRows<R> = (db: ReadableDb, range: Range, mayEndEarly: boolean) => Found<R>;

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
): Found<R> {
  const found: R[] = [];
  /** Keys carried into a segment that was looked at; the newest row, where that one fits. */
  const carried = new Map<number, R | null>();
  const before = `SELECT key FROM ${table} WHERE key <= ?`;
  let reached: number | null = null;
  for (const { db, epoch, baseSeq } of segments.all.toReversed()) {
    const base = eventKey(epoch, baseSeq);
    const range = { low: Math.max(low, base + 1), high, limit: limit + carried.size };
    const own = read(db, range, true);
    found.push(...own.rows.filter(({ key }) => !carried.has(key)));
    ({ reached } = own);
    // What was carried is older than all that is this segment's own.
    if (reached !== null) break;
    const keys = db.query<Sql[], { key: number }>(before).all(base);
    const newest = new Set(keys.map(({ key }) => key).filter((key) => !carried.has(key)));
    for (const key of newest) carried.set(key, null);
    const older = { low, high: Math.min(high, base), limit: keys.length };
    for (const row of read(db, older, false).rows) {
      if (newest.has(row.key)) carried.set(row.key, row);
    }
    if (found.length >= limit) break;
  }
  const settled = [...carried.values()].filter((row) => row !== null);
  const rows = [...found, ...settled].filter(({ key }) => reached === null || key >= reached);
  return { rows: rows.sort((a, b) => b.key - a.key).slice(0, limit), reached };
}
