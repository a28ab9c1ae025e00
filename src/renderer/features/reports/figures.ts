import type { DailyReport } from '../../../shared/contract/queries.ts';
import { Direction, Line } from '../../../shared/domain/line.ts';

type ThroughputRow = DailyReport['throughput'][number];

interface Listed {
  readonly id: string;
}

/** Where something stands in a list; what the site no longer has comes last. */
function placeIn(list: readonly string[], id: string): number {
  const at = list.indexOf(id);
  return at === -1 ? list.length : at;
}

/** Rows by line, then checkpoint and lane in the site's order, then direction and hour. */
export function inOrder(
  rows: readonly ThroughputRow[],
  site: { readonly checkpoints: readonly Listed[]; readonly lanes: readonly Listed[] },
): readonly ThroughputRow[] {
  const checkpoints = site.checkpoints.map(({ id }) => id);
  const lanes = site.lanes.map(({ id }) => id);
  const rank = (row: ThroughputRow) => [
    Line.options.indexOf(row.line),
    placeIn(checkpoints, row.checkpoint),
    placeIn(lanes, row.lane),
    Direction.options.indexOf(row.direction),
    row.hour,
  ];
  const ranked = rows.map((row) => ({ row, by: rank(row) }));
  ranked.sort((one, other) => {
    const n = one.by.findIndex((value, at) => value !== other.by[at]);
    return n === -1 ? 0 : (one.by[n] ?? 0) - (other.by[n] ?? 0);
  });
  return ranked.map(({ row }) => row);
}

export interface GroupedFigure<K> {
  readonly key: K;
  readonly passed: number;
}

/** Persons passed, added up by a part of the row, in the order in which the parts first come. */
export function passedBy<K extends string>(
  rows: readonly ThroughputRow[],
  keyOf: (row: ThroughputRow) => K,
): readonly GroupedFigure<K>[] {
  const sums = new Map<K, number>();
  for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + row.passed);
  return [...sums].map(([key, passed]) => ({ key, passed }));
}

export interface HourFigure {
  readonly hour: number;
  readonly in: number;
  readonly out: number;
  readonly across: number;
}

/** Persons passed in each hour of the day by direction; every hour is there. */
export function passedByHour(rows: readonly ThroughputRow[]): readonly HourFigure[] {
  const hours = Array.from({ length: 24 }, (_, hour) => ({ hour, in: 0, out: 0, across: 0 }));
  for (const row of rows) {
    const found = hours[row.hour];
    if (found) found[row.direction] += row.passed;
  }
  return hours;
}

/** The sum of a list of figures. */
export function sumOf(figures: readonly { readonly passed: number }[]): number {
  return figures.reduce((sum, one) => sum + one.passed, 0);
}
