import type { DatasetName } from '../../../shared/domain/permit.ts';
import { BYTE_ORDER_MARK, csvRow } from '../../../shared/lib/csv-text.ts';
import type { ReadableDb } from '../store/database.ts';
import { formOf } from './rows.ts';
import { tableOf } from './tables.ts';
import type { WrittenRow } from './text-forms.ts';
import { type StoredRow, writtenRow } from './written.ts';

export type ExportFormat = 'csv' | 'json';

/** Rows of one read: no read transaction is held from one to the next. */
const PAGE_ROWS = 2_000;

/**
 * A dataset in force as the text that loads as the same, piece by piece: memory stays the same
 * however many rows there are. Rows stand in the order in which they came in.
 */
export function* exportDataset(
  db: ReadableDb,
  dataset: DatasetName,
  version: number,
  format: ExportFormat,
): Generator<string> {
  const { columns } = formOf(dataset);
  yield* writtenText(columns, rowsOf(db, dataset, version), format);
}

/** Rows as a spreadsheet file, or as a JSON array of one row a line. */
export function* writtenText(
  columns: readonly string[],
  rows: Iterable<WrittenRow>,
  format: ExportFormat,
): Generator<string> {
  if (format === 'csv') yield `${BYTE_ORDER_MARK}${csvRow(columns)}`;
  let before = '[\n';
  for (const row of rows) {
    if (format === 'csv') yield csvRow(columns.map((column) => row[column] ?? ''));
    else {
      const ordered = columns.map((column) => [column, row[column] ?? null]);
      yield `${before}${JSON.stringify(Object.fromEntries(ordered))}`;
      before = ',\n';
    }
  }
  if (format === 'json') yield before === '[\n' ? '[]\n' : '\n]\n';
}

function* rowsOf(db: ReadableDb, dataset: DatasetName, version: number): Generator<WrittenRow> {
  const { table } = tableOf(dataset);
  const page = db.query<[number, number, number], StoredRow & { readonly id: number }>(
    `SELECT * FROM ${table}
     WHERE id > ? AND from_version <= ? AND (to_version IS NULL OR to_version > ?)
     ORDER BY id LIMIT ${PAGE_ROWS}`,
  );
  for (let after = 0; ; ) {
    const rows = page.all(after, version, version);
    for (const row of rows) yield writtenRow(dataset, row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE_ROWS) return;
    after = last.id;
  }
}
