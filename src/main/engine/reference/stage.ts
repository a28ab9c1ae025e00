import type { DatasetName } from '../../../shared/domain/permit.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { ReadableDb, Sql, WritableDb } from '../store/database.ts';
import type { RowChange } from './load-request.ts';
import type { DatasetText, ReadRow } from './parse.ts';
import type { DatasetRows } from './rows.ts';
import { type DatasetTable, tableOf } from './tables.ts';

export interface Staged {
  readonly version: number;
  /** Rows in the dataset once this version is in force. */
  readonly rows: number;
  /** Rows that this version adds, changes or ends. */
  readonly changed: number;
}

/**
 * Rows of one transaction. Badges and names lie in no order, so that each transaction touches pages
 * all over their indexes: few and large ones write those pages less often.
 */
const CHUNK_ROWS = 100_000;

/** A row that may not come into force now: in which column, and why. */
interface WrongRow {
  readonly column: string;
  readonly text: string;
}

export interface StagingOptions<N extends DatasetName> {
  readonly chunkRows?: number | undefined;
  /** What is wrong with a row that could be read; where it is in force as it was it stays so. */
  readonly wrongOf?: ((row: DatasetRows[N]) => WrongRow | null) | undefined;
  /** Told of every key that the text names or ends. */
  readonly onRow?: ((change: RowChange, key: string) => void) | undefined;
}

interface StagingWays<N extends DatasetName> {
  readonly chunkRows: number;
  readonly wrongOf: (row: DatasetRows[N]) => WrongRow | null;
  readonly onRow: (change: RowChange, key: string) => void;
}

const NOTHING_WRONG = () => null;
const TELL_NOBODY = () => undefined;

/**
 * Writes a new version beside the one in force, in chunks, each its own transaction, as its text
 * comes in: memory stays the same however many rows there are. Nothing of it is visible before
 * `version` is in force. What an interrupted staging left is cleared first, and a text that cannot
 * be used, `dataset-unreadable`, leaves nothing. `full` ends the rows that are not named; `delta`
 * touches the named ones only.
 */
export function stageVersion<N extends DatasetName>(
  db: WritableDb,
  dataset: N,
  text: DatasetText<N>,
  mode: 'full' | 'delta',
  inForce: number,
  { chunkRows = CHUNK_ROWS, wrongOf = NOTHING_WRONG, onRow = TELL_NOBODY }: StagingOptions<N> = {},
): Result<Staged> {
  clearUnfinished(db, tableOf(dataset).table, inForce);
  const staging = new Staging(db, dataset, inForce, { chunkRows, wrongOf, onRow });
  const read = staging.add(text);
  const unusable = read.ok ? nothingRead(text, staging.named) : read;
  if (unusable !== null) {
    dropStaged(db, dataset, inForce);
    return unusable;
  }
  // Nobody leaves the watch-list because a row of the new list could not be read.
  const isPartial = dataset === 'watch-list' && text.refusedCount > 0;
  if (mode === 'full' && !isPartial) staging.endUnnamed();
  return ok(staging.staged());
}

/** Drops what was staged of a version that is not to come in force. */
export function dropStaged(db: WritableDb, dataset: DatasetName, inForce: number): void {
  clearUnfinished(db, tableOf(dataset).table, inForce);
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

type Refusals = Pick<DatasetText<DatasetName>, 'refused' | 'refusedCount' | 'where'>;

function nothingRead({ refused, refusedCount, where }: Refusals, named: number) {
  if (named > 0 || refusedCount === 0) return null;
  const first = refused[0];
  const place = `line ${first?.line}, ${first?.column}`;
  const says = `no row could be read; the first: ${place}: ${first?.text}`;
  return fail('dataset-unreadable', says, where);
}

type Found = { readonly id: number; readonly from_version: number } & Readonly<Record<string, Sql>>;

/** One version on its way into its table. */
class Staging<N extends DatasetName> {
  readonly #db: WritableDb;
  readonly #table: DatasetTable<N>;
  readonly #version: number;
  readonly #options: StagingWays<N>;
  readonly #keyAt: readonly number[];
  readonly #find;
  readonly #insert;
  readonly #end;
  /** A bit for each row in force that the text has named. */
  readonly #seen: Uint8Array;
  readonly #lastId: number;
  #rows: number;
  #changed = 0;
  named = 0;

  constructor(db: WritableDb, dataset: N, inForce: number, options: StagingWays<N>) {
    const form = tableOf(dataset);
    const { table, columns, key } = form;
    this.#db = db;
    this.#table = form;
    this.#version = inForce + 1;
    this.#options = options;
    this.#keyAt = key.map((column) => columns.indexOf(column));
    this.#rows = countInForce(db, dataset, inForce);
    this.#lastId = lastId(db, table);
    this.#seen = new Uint8Array((this.#lastId >> 3) + 1);
    const is = key.map((column) => `${column} = ?`).join(' AND ');
    this.#find = db.query<Sql[], Found>(
      `SELECT id, from_version, ${columns.join(', ')} FROM ${table}
       WHERE ${is} AND to_version IS NULL`,
    );
    const places = [...columns, 'from_version'];
    this.#insert = db.write<Sql[]>(
      `INSERT INTO ${table} (${places.join(', ')}) VALUES (${places.map(() => '?').join(', ')})`,
    );
    this.#end = db.write<[number, number]>(`UPDATE ${table} SET to_version = ? WHERE id = ?`);
  }

  add(text: DatasetText<N>): Result<null> {
    const rows = text.rows();
    for (;;) {
      const done = this.#db.transaction(() => {
        for (let i = 0; i < this.#options.chunkRows; i += 1) {
          const next = rows.next();
          if (next.done === true) return next.value;
          const { line, row } = next.value;
          const wrong = this.#options.wrongOf(row);
          if (wrong !== null) {
            this.#leave(row);
            text.refuse(line, wrong.column, wrong.text);
          } else if (!this.#take(next.value)) text.refuseTwice(next.value);
        }
        return null;
      });
      if (done !== null) return done;
    }
  }

  /** What is in force under this row's key goes on: nothing of it ends because of the new row. */
  #leave(row: DatasetRows[N]): void {
    const found = this.#inForce(this.#table.values(row));
    if (found !== undefined && found.from_version !== this.#version) this.#see(found.id);
  }

  #inForce(values: readonly Sql[]): Found | undefined {
    return this.#find.get(...this.#keyAt.map((at) => values[at] ?? null));
  }

  /** False where a row with this key came before. */
  #take({ row }: ReadRow<N>): boolean {
    const values = this.#table.values(row);
    const found = this.#inForce(values);
    if (found !== undefined) {
      if (found.from_version === this.#version || this.#isSeen(found.id)) return false;
      this.#see(found.id);
    }
    this.named += 1;
    const isSame = found !== undefined && this.#isSame(found, values);
    this.#tell(isSame ? 'same' : found === undefined ? 'new' : 'changed', values);
    if (isSame) return true;
    this.#changed += 1;
    if (found === undefined) this.#rows += 1;
    else this.#end.run(this.#version, found.id);
    this.#insert.run(...values, this.#version);
    return true;
  }

  #tell(change: RowChange, values: readonly Sql[]): void {
    this.#options.onRow(change, this.#keyAt.map((at) => String(values[at])).join(' '));
  }

  #isSame(found: Found, values: readonly Sql[]): boolean {
    return this.#table.columns.every((column, i) => found[column] === values[i]);
  }

  #isSeen(id: number): boolean {
    return (((this.#seen[id >> 3] ?? 0) >> (id & 7)) & 1) === 1;
  }

  #see(id: number): void {
    this.#seen[id >> 3] = (this.#seen[id >> 3] ?? 0) | (1 << (id & 7));
  }

  /** Ends the rows in force that the text did not name. */
  endUnnamed(): void {
    const { columns, key, table } = this.#table;
    const inForce = this.#db.query<[number, number, number], Found>(
      `SELECT id, from_version, ${key.join(', ')} FROM ${table}
       WHERE id > ? AND id <= ? AND from_version < ? AND to_version IS NULL ORDER BY id`,
    );
    eachSpan(this.#db, this.#lastId, (after, to) => {
      for (const row of inForce.all(after, to, this.#version)) {
        if (this.#isSeen(row.id)) continue;
        this.#end.run(this.#version, row.id);
        const values = columns.map((column) => row[column] ?? null);
        this.#tell('gone', values);
        this.#changed += 1;
        this.#rows -= 1;
      }
    });
  }

  staged(): Staged {
    return { version: this.#version, rows: this.#rows, changed: this.#changed };
  }
}

function clearUnfinished(db: WritableDb, table: string, inForce: number): void {
  const drop = db.write<[number, number, number]>(
    `DELETE FROM ${table} WHERE id > ? AND id <= ? AND from_version > ?`,
  );
  const open = db.write<[number, number, number]>(
    `UPDATE ${table} SET to_version = NULL WHERE id > ? AND id <= ? AND to_version > ?`,
  );
  eachSpan(db, lastId(db, table), (after, to) => {
    drop.run(after, to, inForce);
    open.run(after, to, inForce);
  });
}

function lastId(db: ReadableDb, table: string): number {
  return db.query<[], { id: number | null }>(`SELECT max(id) AS id FROM ${table}`).get()?.id ?? 0;
}

/** Goes through the ids of a table, a chunk and a transaction at a time. */
function eachSpan(db: WritableDb, last: number, each: (after: number, to: number) => void): void {
  for (let after = 0; after < last; after += CHUNK_ROWS) {
    db.transaction(() => each(after, after + CHUNK_ROWS));
  }
}
