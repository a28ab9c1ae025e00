import type { Query, ReadableDb, Sql, WritableDb, Write } from '../store/database.ts';
import type { Carried } from './projection.ts';
import { projections } from './projector.ts';

/** What each table of the projections begins the next segment with. */
const carried: readonly [string, Carried][] = projections.flatMap(({ tables }) =>
  Object.entries(tables),
);

type Row = Readonly<Record<string, Sql>>;

/** A copy of rows into the same table of another database, prepared once. */
export class RowCopy {
  readonly #read: Query<Sql[], Row>;
  readonly #write: Write<Sql[]>;

  /** A row that is there already is replaced, or what `onConflict` says. */
  constructor(from: ReadableDb, into: WritableDb, table: string, where = '', onConflict = '') {
    const columns = into
      .query<[string], { name: string }>('SELECT name FROM pragma_table_info(?)')
      .all(table)
      .map(({ name }) => name);
    const [list, marks] = [columns.join(', '), columns.map(() => '?').join(', ')];
    const insert = onConflict === '' ? 'INSERT OR REPLACE INTO' : 'INSERT INTO';
    this.#read = from.query(`SELECT ${list} FROM ${table} ${where}`);
    this.#write = into.write(`${insert} ${table} (${list}) VALUES (${marks}) ${onConflict}`);
  }

  /** Returns the rows that were copied. */
  run(...values: Sql[]): readonly Row[] {
    const rows = this.#read.all(...values);
    for (const row of rows) this.#write.run(...Object.values(row));
    return rows;
  }
}

/** The tables of which something goes over into the next segment. */
export const carriedTables: readonly string[] = carried
  .filter(([, what]) => what !== 'none')
  .map(([table]) => table);

/** What goes over of one table: how things are, and what may still change. */
export function carryOf(from: ReadableDb, into: WritableDb, table: string): RowCopy {
  const what = carried.find(([name]) => name === table)?.[1] ?? 'none';
  if (what === 'none') throw new Error(`nothing goes over of ${table}`);
  return new RowCopy(from, into, table, what === 'all' ? '' : `WHERE ${what.where}`);
}

/**
 * Fills empty projections with what the segment before leaves to the next one. Inside the caller's
 * transaction.
 */
export function carryProjections(from: ReadableDb, into: WritableDb): void {
  for (const table of carriedTables) carryOf(from, into, table).run();
}
