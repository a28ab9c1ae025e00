/** A cell: a figure stays one; a text is never taken for a formula. */
export type Cell = string | number;

/**
 * What makes a spreadsheet take a text for a formula, also in the full width that Chinese and
 * Japanese editions accept (OWASP, CSV injection).
 */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

function cellText(cell: Cell): string {
  if (typeof cell === 'number') return String(cell);
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * A spreadsheet file's text: UTF-8 byte-order mark (without it Excel takes Chinese for another
 * encoding), CRLF after every row, quotes as RFC 4180 says.
 */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  const lines = rows.map((row) => `${row.map(cellText).join(',')}\r\n`);
  return `\uFEFF${lines.join('')}`;
}
