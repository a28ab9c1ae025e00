import { decodeTrusted, type StoredEvent } from '../journal/read.ts';
import type { ReadableDb, WritableDb } from '../store/database.ts';
import {
  createProjectionIndexes,
  createProjectionTables,
  PROJECTIONS_VERSION,
  Projector,
  projectionTables,
} from './projector.ts';

export { projectionSeq } from './projection-seq.ts';

const PAGE = 5000;

/**
 * Builds all projections in `into` from the journal in `from`, up to `upTo`. The two may be the
 * same database. Returns the seq of the last event applied.
 */
export function rebuildProjections(from: ReadableDb, into: WritableDb, upTo: number): number {
  createProjectionTables(into, 'later');
  const last = extendProjections(from, into, 0, upTo);
  createProjectionIndexes(into);
  into
    .write<[number]>('UPDATE projection_state SET version = ? WHERE id = 1')
    .run(PROJECTIONS_VERSION);
  return last;
}

/** Applies the events after `after` up to `upTo` as well; returns the seq of the last one. */
export function extendProjections(
  from: ReadableDb,
  into: WritableDb,
  after: number,
  upTo: number,
): number {
  const projector = new Projector(into);
  const page = from.query<[number, number, number], Omit<StoredEvent, 'hash'>>(
    'SELECT seq, body FROM journal WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?',
  );
  let last = after;
  for (;;) {
    const rows = page.all(last, upTo, PAGE);
    into.transaction(() => {
      for (const row of rows) projector.apply(decodeTrusted(row.body));
      last = rows.at(-1)?.seq ?? last;
      projector.mark(last);
    });
    if (rows.length < PAGE) break;
  }
  return last;
}

/**
 * Puts the projections of a scratch file, built apart, in the place of this database's own, in one
 * transaction: either all of them or none.
 */
export function swapProjections(db: WritableDb, scratchPath: string): void {
  // A table that is missing here would be looked for, and dropped, in the scratch file.
  if (!hasAllTables(db)) db.transaction(() => createProjectionTables(db));
  db.exec(`ATTACH '${scratchPath.replaceAll("'", "''")}' AS scratch`);
  try {
    db.transaction(() => {
      createProjectionTables(db);
      db.exec('DELETE FROM main.projection_state');
      for (const table of projectionTables()) {
        db.exec(`INSERT INTO main.${table} SELECT * FROM scratch.${table}`);
      }
    });
  } finally {
    db.exec('DETACH scratch');
  }
}

function hasAllTables(db: ReadableDb): boolean {
  const tables = db.query<[], { name: string }>(
    "SELECT name FROM sqlite_master WHERE type = 'table'",
  );
  const there = new Set(tables.all().map(({ name }) => name));
  return projectionTables().every((table) => there.has(table));
}

export interface Difference {
  readonly table: string;
  /** The rows as JSON, at most a few a side. */
  readonly onlyHere: readonly string[];
  readonly onlyRebuilt: readonly string[];
}

const SHOWN = 3;

/** Compares every projection table row by row, in the order of all its columns. */
export function compareProjections(here: ReadableDb, rebuilt: ReadableDb): Difference[] {
  const differences: Difference[] = [];
  for (const table of projectionTables()) {
    const difference = compareTable(here, rebuilt, table);
    if (difference !== null) differences.push(difference);
  }
  return differences;
}

function* rowsOf(db: ReadableDb, table: string): Generator<string> {
  const columns = db
    .query<[string], { name: string; pk: number }>('SELECT name, pk FROM pragma_table_info(?)')
    .all(table);
  const keys = columns.filter((column) => column.pk > 0).sort((a, b) => a.pk - b.pk);
  const order = keys.map((column) => column.name).join(', ');
  const sql = `SELECT * FROM ${table} ORDER BY ${order}`;
  for (const row of db.query<[], object>(sql).iterate()) yield JSON.stringify(row);
}

function compareTable(here: ReadableDb, rebuilt: ReadableDb, table: string): Difference | null {
  const left = rowsOf(here, table);
  const right = rowsOf(rebuilt, table);
  const onlyHere: string[] = [];
  const onlyRebuilt: string[] = [];
  for (;;) {
    const a = left.next();
    const b = right.next();
    if (a.done === true && b.done === true) break;
    if (a.value === b.value) continue;
    if (a.done !== true) onlyHere.push(a.value);
    if (b.done !== true) onlyRebuilt.push(b.value);
    if (onlyHere.length + onlyRebuilt.length >= 2 * SHOWN) break;
  }
  left.return(undefined);
  right.return(undefined);
  return onlyHere.length + onlyRebuilt.length === 0 ? null : { table, onlyHere, onlyRebuilt };
}
