import { eventKey } from '../../../shared/domain/ids.ts';
import type { Segments } from '../journal/segments.ts';
import type { ReadableDb, Sql } from '../store/database.ts';

interface Keyed {
  readonly key: number;
  readonly consignment: string;
}

/**
 * The newest rows of a table of goods, newest first, from as many segments as it takes. `read`
 * answers with a segment's own newest rows; a row that went over into the next segment counts as
 * that one has it, so that `read` must not choose by what may still change.
 */
export function newestRows<R extends Keyed>(
  segments: Segments,
  limit: number,
  read: (db: ReadableDb, limit: number) => readonly R[],
): R[] {
  const found = new Map<string, R>();
  for (const { db, epoch, baseSeq } of segments.all.toReversed()) {
    for (const row of read(db, limit)) {
      const name = `${row.key} ${row.consignment}`;
      if (!found.has(name)) found.set(name, row);
    }
    const base = eventKey(epoch, baseSeq);
    const own = [...found.values()].filter(({ key }) => key > base);
    if (own.length >= limit) break;
  }
  return [...found.values()].sort(newestFirst).slice(0, limit);
}

function newestFirst(a: Keyed, b: Keyed): number {
  if (a.key !== b.key) return b.key - a.key;
  return a.consignment < b.consignment ? -1 : 1;
}

/** Rows as they are shown: without the number that only orders them. */
export function withoutKeys<R extends Keyed>(rows: readonly R[]): Omit<R, 'key'>[] {
  return rows.map(({ key: _key, ...row }) => row);
}

/** Reads a table's newest rows that fit a condition on what never changes in a row. */
export function readNewest<R extends Keyed>(
  columns: string,
  table: string,
  where: string,
  values: readonly Sql[],
) {
  const sql = `SELECT key, consignment, ${columns} FROM ${table} WHERE ${where}
    ORDER BY key DESC, consignment LIMIT ?`;
  return (db: ReadableDb, limit: number): R[] => db.query<Sql[], R>(sql).all(...values, limit);
}
