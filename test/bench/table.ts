import type { BenchRow } from './row.ts';

const HEAD = ['row', 'value', 'unit', 'bar', 'bare', 'ratio', 'reached'];

/** The rows as a table for people, columns aligned. */
export function tableOf(rows: readonly BenchRow[]): string {
  const lines = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  const text = (line: readonly string[]) =>
    line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ');
  return lines.map((line) => text(line).trimEnd()).join('\n');
}

function cells(row: BenchRow): string[] {
  const number = (value: number | null) => (value === null ? '-' : value.toLocaleString('en'));
  const reached = row.bar === null ? (row.ok ? '-' : 'no') : row.ok ? 'yes' : 'no';
  const { row: name, unit, bar } = row;
  return [name, number(row.value), unit, bar ?? '-', number(row.bare), number(row.ratio), reached];
}
