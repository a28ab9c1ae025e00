import type { DatasetName } from '../../../shared/domain/permit.ts';
import type { ReadableDb, Sql, WritableDb } from '../store/database.ts';
import type { DatasetRows } from './rows.ts';
import { tableOf } from './tables.ts';

export interface Staged {
  readonly version: number;
  /** Rows in the dataset once this version is in force. */
  readonly rows: number;
  /** Rows that this version adds, changes or ends. */
  readonly changed: number;
}

const CHUNK = 2000;

/**
 * Writes a new version beside the one in force, in chunks, each its own short transaction. Nothing
 * of it is visible before `version` is in force. What an interrupted staging left is cleared first.
 * `full` ends the rows that are not named; `delta` touches the named ones only.
 */
export function stageVersion<N extends DatasetName>(
  db: WritableDb,
  dataset: N,
  rows: ReadonlyMap<string, DatasetRows[N]>,
  mode: 'full' | 'delta',
  inForce: number,
): Staged {
  const form = tableOf(dataset);
  const version = inForce + 1;
  clearUnfinished(db, form.table, inForce);
  const current = currentRows(db, form, inForce);
  const end = db.write<[number, number]>(`UPDATE ${form.table} SET to_version = ? WHERE id = ?`);
  const places = [...form.columns, 'from_version'];
  const insert = db.write<Sql[]>(
    `INSERT INTO ${form.table} (${places.join(', ')}) VALUES (${places.map(() => '?').join(', ')})`,
  );
  let changed = 0;
  let total = current.size;
  inChunks(db, rows, ([key, row]) => {
    const values = form.values(row);
    const before = current.get(key);
    current.delete(key);
    if (before !== undefined && before.text === JSON.stringify(values)) return;
    changed += 1;
    if (before === undefined) total += 1;
    else end.run(version, before.id);
    insert.run(...values, version);
  });
  if (mode === 'full') {
    changed += current.size;
    total -= current.size;
    inChunks(db, current, ([, before]) => void end.run(version, before.id));
  }
  return { version, rows: total, changed };
}

/** How many rows of a dataset are in force at a version. */
export function countInForce(db: ReadableDb, dataset: DatasetName, version: number): number {
  const { table } = tableOf(dataset);
  const row = db
    .query<[number, number], { n: number }>(
      `SELECT count(*) AS n FROM ${table}
       WHERE from_version <= ? AND (to_version IS NULL OR to_version > ?)`,
    )
    .get(version, version);
  return row?.n ?? 0;
}

function inChunks<T>(db: WritableDb, items: Iterable<T>, each: (item: T) => void): void {
  const iterator = items[Symbol.iterator]();
  for (let done = false; !done; ) {
    db.transaction(() => {
      for (let i = 0; i < CHUNK && !done; i += 1) {
        const next = iterator.next();
        if (next.done === true) done = true;
        else each(next.value);
      }
    });
  }
}

function clearUnfinished(db: WritableDb, table: string, inForce: number): void {
  db.transaction(() => {
    db.write<[number]>(`DELETE FROM ${table} WHERE from_version > ?`).run(inForce);
    db.write<[number]>(`UPDATE ${table} SET to_version = NULL WHERE to_version > ?`).run(inForce);
  });
}

interface CurrentRow {
  readonly id: number;
  readonly text: string;
}

function currentRows(
  db: WritableDb,
  form: { table: string; columns: readonly string[]; key: readonly string[] },
  inForce: number,
): Map<string, CurrentRow> {
  const rows = db
    .query<[number], Record<string, Sql>>(
      `SELECT id, ${form.columns.join(', ')} FROM ${form.table}
       WHERE from_version <= ? AND to_version IS NULL`,
    )
    .iterate(inForce);
  const current = new Map<string, CurrentRow>();
  for (const row of rows) {
    const key = form.key.map((column) => String(row[column])).join(' ');
    const text = JSON.stringify(form.columns.map((column) => row[column]));
    current.set(key, { id: row.id as number, text });
  }
  return current;
}
