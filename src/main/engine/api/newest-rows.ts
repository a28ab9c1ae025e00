import type { Segments } from '../journal/segments.ts';
import type { ReadableDb, Sql } from '../store/database.ts';
import { newestAcross } from './newest-across.ts';

interface Keyed {
  readonly key: number;
  readonly consignment: string;
}

/** The newest rows of a table of goods: see `newestAcross`. */
export function newestRows<R extends Keyed>(
  segments: Segments,
  limit: number,
  read: (db: ReadableDb, limit: number) => readonly R[],
): R[] {
  const nameOf = ({ consignment, key }: R) => `${key} ${consignment}`;
  const found = newestAcross(segments.all, limit, ({ db }) => read(db, limit), nameOf);
  return found.sort(newestFirst).slice(0, limit);
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
