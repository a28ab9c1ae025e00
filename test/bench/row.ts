import { rounded } from './figures.ts';

/** What must be reached; the ratio is the share of the bare limit that we reach, 1 = all of it. */
export interface Bar {
  readonly atMost?: number | undefined;
  readonly atLeast?: number | undefined;
  readonly ratioAtLeast?: number | undefined;
}

/** A figure as it was measured, beside the bare limit of the same run. */
export interface Figure {
  readonly row: string;
  readonly unit: string;
  readonly value: number;
  readonly bare: number | null;
  /** Whether more is better, as of a rate, or less, as of a time. */
  readonly better: 'more' | 'less';
  readonly bar: Bar;
  /** What was wrong besides the speed (something lost, a wrong row); null when nothing was. */
  readonly wrong: string | null;
}

/** A row of the bench's output: the very members of `--json`. */
export interface BenchRow {
  readonly row: string;
  readonly value: number | null;
  readonly unit: string;
  readonly bar: string | null;
  readonly bare: number | null;
  readonly ratio: number | null;
  readonly ok: boolean;
}

/** Holds a figure against its bar. A value that is no number reaches none. */
export function judge(figure: Figure): BenchRow {
  const { row, unit, value, bare, bar, wrong } = figure;
  const ratio = ratioOf(figure);
  const ok =
    wrong === null &&
    Number.isFinite(value) &&
    value <= (bar.atMost ?? Number.POSITIVE_INFINITY) &&
    value >= (bar.atLeast ?? Number.NEGATIVE_INFINITY) &&
    (bar.ratioAtLeast === undefined || (ratio !== null && ratio >= bar.ratioAtLeast));
  return {
    row,
    value: orNull(value),
    unit,
    bar: barText(bar),
    bare: bare === null ? null : orNull(bare),
    ratio: ratio === null ? null : orNull(ratio),
    ok,
  };
}

/** The row of something that could not be measured at all. */
export function missed(row: string): BenchRow {
  return { row, value: null, unit: '', bar: null, bare: null, ratio: null, ok: false };
}

/** How much of the bare limit was reached: 1 is all of it, whichever way the figure counts. */
export function ratioOf({ value, bare, better }: Figure): number | null {
  if (bare === null || !Number.isFinite(value) || !Number.isFinite(bare)) return null;
  const ratio = better === 'more' ? value / bare : bare / value;
  return Number.isFinite(ratio) ? ratio : null;
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? rounded(value) : null;
}

function barText(bar: Bar): string | null {
  const parts: string[] = [];
  if (bar.atMost !== undefined) parts.push(`≤ ${bar.atMost}`);
  if (bar.atLeast !== undefined) parts.push(`≥ ${bar.atLeast}`);
  if (bar.ratioAtLeast !== undefined) parts.push(`ratio ≥ ${bar.ratioAtLeast}`);
  return parts.length === 0 ? null : parts.join(', ');
}
