import { RowCopy } from '../projections/carry.ts';
import type { ReadableDb, Sql, WritableDb } from '../store/database.ts';

/** What is copied at one go: about a millisecond of work. */
const ROWS = 256;

/** A table that grows for ever and goes over whole. */
interface LargeTable {
  readonly table: string;
  /** Its primary key, and what stands before every row. */
  readonly key: readonly string[];
  readonly first: readonly Sql[];
  /** Keys of the rows that events may have changed; `told` has their `seq` and `body`. */
  readonly changed: string;
}

const LARGE: readonly LargeTable[] = [
  {
    table: 'presence',
    key: ['person'],
    first: [''],
    // Every event that changes a row names the person.
    changed: "SELECT body ->> '$.data.person' FROM told",
  },
  {
    table: 'sale',
    key: ['reference'],
    first: [''],
    // One that was told by hand is called by its event: see `saleOfKey`.
    changed: `SELECT coalesce(body ->> '$.data.reference',
        'S' || (body ->> '$.epoch') || '-' || seq)
      FROM told WHERE body ->> '$.kind' = 'sale.reported'`,
  },
  {
    table: 'paper_form',
    key: ['series', 'number'],
    first: ['', 0],
    // By one form's number, or from one to another. A compound SELECT would look at every form.
    changed: `SELECT p.series, p.number FROM told CROSS JOIN paper_form p
        ON p.series = coalesce(body ->> '$.data.paper.series', body ->> '$.data.series')
        AND p.number BETWEEN
          coalesce(body ->> '$.data.paper.number', body ->> '$.data.number', body ->> '$.data.from')
          AND
          coalesce(body ->> '$.data.paper.number', body ->> '$.data.number', body ->> '$.data.to')
      WHERE body ->> '$.kind' IN ('paper.handed-out', 'paper.voided', 'crossing.recorded')`,
  },
];

/** Copied beforehand, and not with the rest. */
export const largeTables: ReadonlySet<string> = new Set(LARGE.map(({ table }) => table));

/** Copies of the tables that are too large for the moment of the change. */
export class LargeCopies {
  readonly #copies;
  #at = 0;
  #after: readonly Sql[] = LARGE[0]?.first ?? [];

  constructor(from: ReadableDb, into: WritableDb) {
    this.#copies = LARGE.map(({ changed, first, key, table }) => {
      const [list, marks] = [key.join(', '), key.map(() => '?').join(', ')];
      const page = `WHERE (${list}) > (${marks}) ORDER BY ${list} LIMIT ?`;
      const since = `WHERE (${list}) IN (WITH told AS MATERIALIZED (
        SELECT seq, body FROM journal WHERE seq > ? AND seq <= ?) ${changed})`;
      return {
        ...{ first, key },
        page: new RowCopy(from, into, table, page),
        changed: new RowCopy(from, into, table, since),
      };
    });
  }

  /** Copies some rows more; false once each table was gone through to its end. */
  copyPage(): boolean {
    const copy = this.#copies[this.#at];
    if (copy === undefined) return false;
    const rows = copy.page.run(...this.#after, ROWS);
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS) {
      this.#at += 1;
      this.#after = this.#copies[this.#at]?.first ?? [];
    } else this.#after = copy.key.map((column) => last[column] ?? null);
    return true;
  }

  /** Copies again what the events after a seq, up to another, have changed. */
  catchUp(after: number, upTo: number): void {
    for (const { changed } of this.#copies) changed.run(after, upTo);
  }
}
