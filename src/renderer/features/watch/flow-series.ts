import type { ViewData } from '../../../shared/contract/views.ts';
import type { Direction, Line } from '../../../shared/domain/line.ts';
import { DAY_MS, hkMidnight, MINUTE_MS, minuteOf, WEEK_MS } from '../../../shared/lib/hk-time.ts';

export type FlowRow = ViewData<'flow'>;

/** Minutes that one point of a curve takes together: single minutes are noise. */
export const BIN_MINUTES = 10;

const BINS = 1_440 / BIN_MINUTES;

export interface FlowKey {
  readonly line: Line;
  readonly direction: Direction;
}

/** One line and direction: the figures and the two curves, in persons a minute. */
export interface FlowSeries extends FlowKey {
  /** Persons in the last 60 seconds, as the engine counts them by lane. */
  readonly now: number;
  /** Persons so far today. */
  readonly sum: number;
  /** Means by bin of the day; null where the day has not come yet. */
  readonly today: readonly (number | null)[];
  /** The same weekday a week before; null where the console has no record of it. */
  readonly before: readonly (number | null)[] | null;
}

interface Bins {
  readonly sums: number[];
  found: boolean;
}

function emptyBins(): Bins {
  return { sums: new Array<number>(BINS).fill(0), found: false };
}

function add(bins: Bins, dayStartMs: number, row: FlowRow): void {
  const bin = Math.floor((row.minuteMs - dayStartMs) / (BIN_MINUTES * MINUTE_MS));
  if (bin < 0 || bin >= BINS) return;
  bins.sums[bin] = (bins.sums[bin] ?? 0) + row.passed;
  bins.found = true;
}

/** Means of the bins that have begun; the one under way counts only its whole minutes. */
function means(bins: Bins, minutes: number): (number | null)[] {
  return bins.sums.map((sum, bin) => {
    const whole = Math.min(BIN_MINUTES, minutes - bin * BIN_MINUTES);
    return whole < 1 ? null : sum / whole;
  });
}

/**
 * The flow of the day by line and direction, in the order of `keys`. `rows` may hold any days;
 * those other than today and a week ago are left out. `nowMs` is the zone's time.
 */
export function flowSeries(
  rows: Iterable<FlowRow>,
  keys: readonly FlowKey[],
  nowMs: number,
): readonly Omit<FlowSeries, 'now'>[] {
  const startMs = hkMidnight(nowMs);
  const thisMinuteMs = minuteOf(nowMs);
  const minutes = (thisMinuteMs - startMs) / MINUTE_MS;
  const found = new Map(
    keys.map(({ line, direction }) => [
      `${line}/${direction}`,
      { today: emptyBins(), before: emptyBins(), sum: 0 },
    ]),
  );
  for (const row of rows) {
    const series = found.get(`${row.line}/${row.direction}`);
    if (!series) continue;
    if (row.minuteMs >= startMs && row.minuteMs < startMs + DAY_MS) {
      series.sum += row.passed;
      if (row.minuteMs < thisMinuteMs) add(series.today, startMs, row);
    } else add(series.before, startMs - WEEK_MS, row);
  }
  return keys.map((key) => {
    const { today, before, sum } = found.get(`${key.line}/${key.direction}`) ?? {
      today: emptyBins(),
      before: emptyBins(),
      sum: 0,
    };
    return {
      ...key,
      sum,
      today: means(today, minutes),
      before: before.found ? means(before, 1_440) : null,
    };
  });
}

/** What a flow needs to know of a site: where its lanes are, and which way they lead. */
export interface FlowSite {
  readonly lanes: readonly {
    readonly id: string;
    readonly checkpoint: string;
    readonly direction: Direction;
  }[];
  readonly checkpoints: readonly { readonly id: string; readonly line: Line }[];
}

/**
 * Persons who passed in the last 60 seconds of the zone: the engine's figures by lane, the same
 * that the map adds up by checkpoint.
 */
export function passingNow(
  { line, direction }: FlowKey,
  site: FlowSite,
  rows: ReadonlyMap<string, { readonly perMinute: number }>,
): number {
  const ofLine = new Set(site.checkpoints.filter((one) => one.line === line).map(({ id }) => id));
  return site.lanes
    .filter((lane) => lane.direction === direction && ofLine.has(lane.checkpoint))
    .reduce((sum, lane) => sum + (rows.get(lane.id)?.perMinute ?? 0), 0);
}

/** The lines and directions that a site has, in the order in which people read them. */
export function flowKeys({ lanes, checkpoints }: FlowSite): readonly FlowKey[] {
  const lineOf = new Map(checkpoints.map(({ id, line }) => [id, line]));
  const has = new Set(lanes.map((lane) => `${lineOf.get(lane.checkpoint)}/${lane.direction}`));
  const lines = ['first', 'second', 'inner'] as const;
  const directions = ['in', 'out', 'across'] as const;
  return lines.flatMap((line) =>
    directions
      .filter((direction) => has.has(`${line}/${direction}`))
      .map((direction) => ({ line, direction })),
  );
}
