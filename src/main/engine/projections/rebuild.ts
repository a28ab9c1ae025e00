import { decodeTrusted, type StoredEvent } from '../journal/read.ts';
import { readHeader } from '../journal/segment-header.ts';
import type { ReadableDb, Sql, WritableDb } from '../store/database.ts';
import { carryProjections } from './carry.ts';
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
 * Builds all projections of one segment in `into` from its events in `from`, up to `upTo`; the two
 * may be the same database. `before` is the segment before it, whose projections are right: what it
 * leaves to the next one is where this one begins. Returns the seq of the last event applied.
 */
export function rebuildProjections(
  from: ReadableDb,
  into: WritableDb,
  upTo: number,
  before: ReadableDb | null = null,
): number {
  createProjectionTables(into, 'later');
  if (before !== null) into.transaction(() => carryProjections(before, into));
  const last = extendProjections(from, into, readHeader(from).baseSeq, upTo);
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
const COMPARED_AT_ONCE = 2000;

/** Looks at both databases in one moment of the first; called once a page. */
export type OneMoment = <T>(look: () => T) => T;

/**
 * Compares every projection table row by row, in the order of its key. Page by page, each in a
 * moment of its own: beside a running console no read lasts long, and `oneMoment` brings the
 * rebuilt side to the seq of that moment.
 */
export function compareProjections(
  here: ReadableDb,
  rebuilt: ReadableDb,
  oneMoment: OneMoment = (look) => look(),
): Difference[] {
  const differences: Difference[] = [];
  for (const table of projectionTables()) {
    const difference = compareTable(here, rebuilt, table, oneMoment);
    if (difference !== null) differences.push(difference);
  }
  return differences;
}

type Row = Readonly<Record<string, Sql>>;

/** Reads one table in the order of its key: what follows a key, up to another. */
function tableReader(db: ReadableDb, table: string) {
  const columns = db
    .query<[string], { name: string; pk: number }>('SELECT name, pk FROM pragma_table_info(?)')
    .all(table);
  const byPlace = columns.filter((column) => column.pk > 0).sort((a, b) => a.pk - b.pk);
  const key = byPlace.map((column) => column.name);
  const [list, marks] = [key.join(', '), key.map(() => '?').join(', ')];
  const ends = { after: `(${list}) > (${marks})`, upTo: `(${list}) <= (${marks})` };
  const sql = (where: string) => `SELECT * FROM ${table} ${where} ORDER BY ${list} LIMIT ?`;
  return {
    keyOf: (row: Row) => key.map((name) => row[name] ?? null),
    read(after: readonly Sql[] | null, upTo: readonly Sql[] | null, limit: number): Row[] {
      const parts = [after && ends.after, upTo && ends.upTo].filter((part) => part !== null);
      const where = parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`;
      return db.query<Sql[], Row>(sql(where)).all(...(after ?? []), ...(upTo ?? []), limit);
    },
  };
}

function compareTable(
  here: ReadableDb,
  rebuilt: ReadableDb,
  table: string,
  oneMoment: OneMoment,
): Difference | null {
  const own = tableReader(here, table);
  const other = tableReader(rebuilt, table);
  const onlyHere: string[] = [];
  const onlyRebuilt: string[] = [];
  let after: readonly Sql[] | null = null;
  for (let more = true; more; ) {
    const [left, right] = oneMoment(() => {
      const rows = own.read(after, null, COMPARED_AT_ONCE);
      more = rows.length === COMPARED_AT_ONCE;
      const last = rows.at(-1);
      const upTo = more && last !== undefined ? own.keyOf(last) : null;
      const page = [rows, other.read(after, upTo, 2 * COMPARED_AT_ONCE)] as const;
      after = upTo;
      return page;
    });
    const [mine, theirs] = [left, right].map((rows) => rows.map((row) => JSON.stringify(row)));
    const [inMine, inTheirs] = [new Set(mine), new Set(theirs)];
    onlyHere.push(...(mine ?? []).filter((row) => !inTheirs.has(row)));
    onlyRebuilt.push(...(theirs ?? []).filter((row) => !inMine.has(row)));
    if (onlyHere.length >= SHOWN || onlyRebuilt.length >= SHOWN) break;
  }
  if (onlyHere.length + onlyRebuilt.length === 0) return null;
  return {
    table,
    onlyHere: onlyHere.slice(0, SHOWN),
    onlyRebuilt: onlyRebuilt.slice(0, SHOWN),
  };
}
