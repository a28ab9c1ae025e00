/** A cell: a figure stays one; a text is never taken for a formula. */
export type Cell = string | number;

/**
 * What makes a spreadsheet take a text for a formula, also in the full width that Chinese and
 * Japanese editions accept (OWASP, CSV injection).
 */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
/** A cell that was made harmless, or that would be taken for one. */
const HARMLESS = /^'+[=+\-@\t\r\n＝＋－＠]/;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/** A cell as it was before it was made harmless for spreadsheets. */
export function readCell(text: string): string {
  return HARMLESS.test(text) ? text.slice(1) : text;
}

function cellText(cell: Cell): string {
  if (typeof cell === 'number') return String(cell);
  const safe = FORMULA.test(cell) || HARMLESS.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One row of a spreadsheet file, its line end with it. */
export function csvRow(row: readonly Cell[]): string {
  return `${row.map(cellText).join(',')}\r\n`;
}

/** What a spreadsheet file begins with: without it Excel takes Chinese for another encoding. */
export const BYTE_ORDER_MARK = '\uFEFF';

/**
 * A spreadsheet file's text: UTF-8 byte-order mark, CRLF after every row, quotes as RFC 4180 says.
 */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return `${BYTE_ORDER_MARK}${rows.map(csvRow).join('')}`;
}
