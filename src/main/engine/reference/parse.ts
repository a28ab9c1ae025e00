import type { DatasetName } from '../../../shared/domain/permit.ts';
import { fail, type Result } from '../../../shared/lib/result.ts';
import { type CsvRecord, csvRecords } from './csv.ts';
import { elementLines } from './json-lines.ts';
import { type DatasetForm, type DatasetRows, formOf } from './rows.ts';

/** A row that was left out: where it stands, which column, what is wrong with it. */
export interface RefusedRow {
  readonly line: number;
  readonly column: string;
  readonly text: string;
}

export interface ParsedRows<N extends DatasetName> {
  readonly rows: ReadonlyMap<string, DatasetRows[N]>;
  readonly refused: readonly RefusedRow[];
  /** How many were refused in all; `refused` lists the first ones. */
  readonly refusedCount: number;
}

const LISTED = 200;

/**
 * Rows of a dataset from CSV (header line with the columns' names) or JSON (an array of objects
 * with the same names). A bad row is named by line, column and reason, and left out; the rest
 * stands. Fails as a whole only where nothing can be read: `dataset-unreadable`.
 */
export function parseDataset<N extends DatasetName>(
  dataset: N,
  format: 'csv' | 'json',
  text: string,
  where: string,
): Result<ParsedRows<N>> {
  const form = formOf(dataset);
  const source = format === 'csv' ? csvRows(text, form, where) : jsonRows(text, where);
  if (!source.ok) return source;
  const rows = new Map<string, DatasetRows[N]>();
  const refused: RefusedRow[] = [];
  let refusedCount = 0;
  const refuse = (row: RefusedRow) => {
    refusedCount += 1;
    if (refused.length < LISTED) refused.push(row);
  };
  for (const { line, value, short, unclosed } of source.value) {
    if (unclosed) {
      const says = `a quote is opened in line ${line} and never closed: the rest cannot be read`;
      return fail('dataset-unreadable', says, `${where}:${line}`);
    }
    if (short !== null) {
      refuse({ line, column: '-', text: short });
      continue;
    }
    const parsed = form.row.safeParse(value);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      refuse({ line, column: columnOf(issue?.path), text: issue?.message ?? 'not a row' });
      continue;
    }
    const key = form.key(parsed.data);
    if (rows.has(key)) refuse({ line, column: form.columns[0] ?? '-', text: `${key} comes twice` });
    else rows.set(key, parsed.data);
  }
  return { ok: true, value: { rows, refused, refusedCount } };
}

interface SourceRow {
  readonly line: number;
  readonly value: unknown;
  /** Set where the record has not the header's number of fields. */
  readonly short: string | null;
  readonly unclosed: boolean;
}

function columnOf(path: readonly PropertyKey[] | undefined): string {
  const name = String(path?.[0] ?? '-');
  return name.replace(/Ms$/, '');
}

function csvRows<N extends DatasetName>(
  text: string,
  form: DatasetForm<N>,
  where: string,
): Result<Iterable<SourceRow>> {
  const records = csvRecords(text);
  const header = records.next();
  const names = header.done === true ? [] : header.value.fields.map((name) => name.trim());
  const missing = form.columns.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    const says = `the header line lacks ${missing.join(', ')}`;
    return fail('dataset-unreadable', says, `${where}:1`);
  }
  const twice = form.columns.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (twice !== undefined) {
    return fail('dataset-unreadable', `the header line has ${twice} twice`, `${where}:1`);
  }
  return { ok: true, value: asObjects(records, names) };
}

function* asObjects(records: Iterable<CsvRecord>, names: readonly string[]): Generator<SourceRow> {
  for (const { line, fields, unclosed } of records) {
    const wrong = fields.length !== names.length;
    const short = wrong ? `${fields.length} fields, the header has ${names.length}` : null;
    const value = Object.fromEntries(names.map((name, i) => [name, fields[i]]));
    yield { line, value, short, unclosed };
  }
}

function jsonRows(text: string, where: string): Result<Iterable<SourceRow>> {
  const json = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  try {
    const value: unknown = JSON.parse(json);
    if (!Array.isArray(value)) {
      return fail('dataset-unreadable', 'a JSON dataset is an array of rows', where);
    }
    return { ok: true, value: withLines(value, json) };
  } catch (error) {
    return fail('dataset-unreadable', `not JSON: ${(error as Error).message}`, where);
  }
}

function* withLines(rows: readonly unknown[], json: string): Generator<SourceRow> {
  const lines = elementLines(json);
  for (const value of rows) {
    const line = lines.next().value ?? 1;
    yield { line, value, short: null, unclosed: false };
  }
}
