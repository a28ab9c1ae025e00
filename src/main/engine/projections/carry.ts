import type { ReadableDb, Sql, WritableDb } from '../store/database.ts';
import type { Carried } from './projection.ts';
import { projections } from './projector.ts';

/** The largest table that goes over whole: it is copied beforehand, a part at a time. */
export const LARGE_TABLE = 'presence';

/** What each table of the projections begins the next segment with. */
const carried: readonly [string, Carried][] = projections.flatMap(({ tables }) =>
  Object.entries(tables),
);

type Row = Readonly<Record<string, Sql>>;

/**
 * Copies rows into the same table of another database; returns how many. One that is there already
 * is replaced, or what `onConflict` says.
 */
export function copyRows(
  from: ReadableDb,
  into: WritableDb,
  table: string,
  where = '',
  values: readonly Sql[] = [],
  onConflict = '',
): number {
  const rows = from.query<Sql[], Row>(`SELECT * FROM ${table} ${where}`).all(...values);
  const [first] = rows;
  if (first === undefined) return 0;
  const columns = Object.keys(first);
  const insertInto = onConflict === '' ? 'INSERT OR REPLACE INTO' : 'INSERT INTO';
  const marks = columns.map(() => '?').join(', ');
  const insert = into.write<Sql[]>(
    `${insertInto} ${table} (${columns.join(', ')}) VALUES (${marks}) ${onConflict}`,
  );
  for (const row of rows) insert.run(...Object.values(row));
  return rows.length;
}

/**
 * Fills empty projections with what the segment before leaves to the next one: how things are, and
 * what may still change. Inside the caller's transaction. `but` names a table that is there
 * already.
 */
export function carryProjections(from: ReadableDb, into: WritableDb, but?: string): void {
  for (const [table, what] of carried) {
    if (what === 'none' || table === but) continue;
    copyRows(from, into, table, what === 'all' ? '' : `WHERE ${what.where}`);
  }
}
