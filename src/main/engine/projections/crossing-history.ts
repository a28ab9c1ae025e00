import { eventKey } from '../../../shared/domain/ids.ts';
import type { Segments } from '../journal/segments.ts';
import type { Sql } from '../store/database.ts';
import type { CrossingColumns } from './crossing-row.ts';

/**
 * The newest crossings that fit a condition, newest first, from as many segments as it takes. One
 * that was under way when a segment ended stands in the next one too: there it went on.
 */
export function newestCrossings(
  segments: Segments,
  limit: number,
  where = '',
  values: readonly Sql[] = [],
): CrossingColumns[] {
  const sql = `SELECT * FROM crossing ${where} ORDER BY key DESC LIMIT ?`;
  const found = new Map<number, CrossingColumns>();
  for (const { db, epoch, baseSeq } of segments.all.toReversed()) {
    const rows = db.query<Sql[], CrossingColumns>(sql).all(...values, limit);
    for (const row of rows) if (!found.has(row.key)) found.set(row.key, row);
    const own = [...found.keys()].filter((key) => key > eventKey(epoch, baseSeq));
    if (own.length >= limit) break;
  }
  return [...found.values()].sort((a, b) => b.key - a.key).slice(0, limit);
}
