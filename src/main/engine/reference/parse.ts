import type { DatasetName } from '../../../shared/domain/permit.ts';
import { readCell } from '../../../shared/lib/csv-text.ts';
import { fail, type Result } from '../../../shared/lib/result.ts';
import { type CsvRecord, csvRecords } from './csv.ts';
import { jsonElements } from './json-elements.ts';
import { type DatasetRows, formOf, type RowForm } from './rows.ts';

/** A row that was left out: where it stands, which column, what is wrong with it. */
export interface RefusedRow {
  readonly line: number;
  readonly column: string;
  readonly text: string;
}

/** A row that can be read, and the line it begins on. */
interface ReadLine<R> {
  readonly line: number;
  readonly row: R;
}
export type ReadRow<N extends DatasetName> = ReadLine<DatasetRows[N]>;

const LISTED = 200;

/**
 * A file of rows as it comes in, piece by piece: CSV (header line with the columns' names) or
 * JSON (an array of objects with the same names). A bad row is named by line, column and reason,
 * and left out; the rest stands. However long the text is, only a piece of it is in memory.
 */
export class RowsText<R> {
  /** The file, or what else the text is called. */
  readonly where: string;
  /** The first rows that were left out. */
  readonly refused: RefusedRow[] = [];
  /** How many were left out in all. */
  refusedCount = 0;
  readonly #form: RowForm<R>;
  readonly #format: 'csv' | 'json';
  readonly #pieces: Iterable<string>;
  readonly #listed: number;

  constructor(
    form: RowForm<R>,
    format: 'csv' | 'json',
    pieces: Iterable<string>,
    where: string,
    listed = LISTED,
  ) {
    this.#listed = listed;
    this.#form = form;
    this.#format = format;
    this.#pieces = pieces;
    this.where = where;
  }

  /**
   * The rows in their order, once; then whether the text could be read to its end. What was read
   * before `dataset-unreadable` is not to be used.
   */
  *rows(): Generator<ReadLine<R>, Result<null>, undefined> {
    const isCsv = this.#format === 'csv';
    for (const { line, value, wrong, broken } of isCsv ? this.#csv() : this.#json()) {
      if (broken !== null) return fail('dataset-unreadable', broken, this.#at(line));
      const row = wrong === null ? this.#rowOf(line, value) : this.refuse(line, '-', wrong);
      if (row !== null) yield { line, row };
    }
    return { ok: true, value: null };
  }

  /** Leaves a row out that has the key of one before it. */
  refuseTwice({ line, row }: ReadLine<R>): void {
    this.refuse(line, this.#form.columns[0] ?? '-', `${this.#form.key(row)} comes twice`);
  }

  refuse(line: number, column: string, text: string): null {
    this.refusedCount += 1;
    if (this.refused.length < this.#listed) this.refused.push({ line, column, text });
    return null;
  }

  #rowOf(line: number, value: unknown): R | null {
    const parsed = this.#form.row.safeParse(value);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    return this.refuse(line, columnOf(issue?.path), issue?.message ?? 'not a row');
  }

  /** A JSON text has often one line only: what is wrong with the whole of it names none. */
  #at(line: number): string {
    return this.#format === 'csv' ? `${this.where}:${line}` : this.where;
  }

  *#csv(): Generator<SourceRow> {
    const records = csvRecords(this.#pieces);
    const first = records.next();
    const names = first.done === true ? [] : first.value.fields.map((name) => name.trim());
    const wrong = wrongHeader(this.#form.columns, names);
    if (wrong !== null) yield { ...NOTHING, line: 1, broken: wrong };
    else for (const record of records) yield asObject(record, names);
  }

  *#json(): Generator<SourceRow> {
    for (const { line, text, broken } of jsonElements(this.#pieces)) {
      yield broken === null ? { ...NOTHING, line, ...parsed(text) } : { ...NOTHING, line, broken };
    }
  }
}

/** A dataset's text: see `RowsText`. */
export class DatasetText<N extends DatasetName> extends RowsText<DatasetRows[N]> {
  constructor(
    dataset: N,
    format: 'csv' | 'json',
    pieces: Iterable<string>,
    where: string,
    listed = LISTED,
  ) {
    super(formOf(dataset), format, pieces, where, listed);
  }
}

interface SourceRow {
  readonly line: number;
  readonly value: unknown;
  /** What is wrong with this row as a whole. */
  readonly wrong: string | null;
  /** Why the text cannot be read from here on. */
  readonly broken: string | null;
}

const NOTHING = { value: null, wrong: null, broken: null };

function columnOf(path: readonly PropertyKey[] | undefined): string {
  const name = String(path?.[0] ?? '-');
  return name.replace(/Ms$/, '');
}

function wrongHeader(columns: readonly string[], names: readonly string[]): string | null {
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0) return `the header line lacks ${missing.join(', ')}`;
  const twice = columns.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  return twice === undefined ? null : `the header line has ${twice} twice`;
}

function asObject({ line, fields, broken }: CsvRecord, names: readonly string[]): SourceRow {
  const isWhole = fields.length === names.length;
  const wrong = isWhole ? null : `${fields.length} fields, the header has ${names.length}`;
  const value = Object.fromEntries(names.map((name, i) => [name, readCell(fields[i] ?? '')]));
  const why = broken === null ? null : `${broken}: the rest cannot be read`;
  return { line, value, wrong, broken: why };
}

function parsed(text: string): Pick<SourceRow, 'value' | 'broken'> {
  try {
    return { value: JSON.parse(text) as unknown, broken: null };
  } catch (error) {
    return { value: null, broken: `not JSON: ${(error as Error).message}` };
  }
}
