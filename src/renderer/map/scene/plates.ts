import type { SiteLane } from '../../../shared/domain/site.ts';
import type { Px, Size } from './px.ts';

/** A lane's cell on a plate at scale 1, and one with the lane's number under its bar. */
export const CELL: Size = { w: 11, h: 16 };
export const NUMBERED_CELL: Size = { w: 14, h: 27 };
/** Room between the plate's edge and its cells. */
export const PLATE_PAD = 5;
/** Room between the lanes of two directions. */
export const GROUP_GAP = 5;
/** A plate is at most about this many lanes wide; many lanes make it wider. */
const MANY = 48;
const COLUMNS_FEW = 10;
const COLUMNS_MANY = 14;

/** Lanes that lead the same way: one row (or more) of a plate and one arrow of flow. */
export interface LaneGroup {
  readonly from: string;
  readonly to: string;
  readonly lanes: readonly SiteLane[];
}

/** A checkpoint's lanes on their plate, in CSS pixels at scale 1 from the plate's middle. */
export interface Plate {
  readonly size: Size;
  /** Middle of each lane's cell, in the order of `lanes`. */
  readonly cells: readonly Px[];
  readonly lanes: readonly SiteLane[];
  readonly groups: readonly LaneGroup[];
  readonly cell: Size;
}

/** The lanes of a checkpoint by where they lead, ways in first, in the site's order. */
export function groupLanes(lanes: readonly SiteLane[]): readonly LaneGroup[] {
  const groups = new Map<string, SiteLane[]>();
  for (const lane of lanes) {
    const key = `${lane.from}>${lane.to}`;
    const known = groups.get(key);
    if (known) known.push(lane);
    else groups.set(key, [lane]);
  }
  const rank = (group: LaneGroup) => (group.lanes[0]?.direction === 'out' ? 1 : 0);
  return [...groups.values()]
    .map((group) => ({ from: group[0]?.from ?? '', to: group[0]?.to ?? '', lanes: group }))
    .sort((a, b) => rank(a) - rank(b));
}

interface Cells {
  readonly cells: readonly Px[];
  readonly inner: Size;
}

/** Few lanes stand in one row, the directions side by side with a gap between them. */
function oneRow(groups: readonly LaneGroup[], cell: Size): Cells {
  let x = 0;
  const cells: Px[] = [];
  groups.forEach((group, index) => {
    if (index > 0) x += GROUP_GAP;
    for (const _ of group.lanes) {
      cells.push({ x: x + cell.w / 2, y: cell.h / 2 });
      x += cell.w;
    }
  });
  return { cells, inner: { w: Math.max(x, cell.w), h: cell.h } };
}

/** Many lanes stand in rows, one direction under the other. */
function manyRows(groups: readonly LaneGroup[], columns: number, cell: Size): Cells {
  let y = 0;
  const cells: Px[] = [];
  groups.forEach((group, index) => {
    if (index > 0) y += GROUP_GAP;
    group.lanes.forEach((_, i) => {
      const row = Math.floor(i / columns);
      cells.push({ x: ((i % columns) + 0.5) * cell.w, y: y + (row + 0.5) * cell.h });
    });
    y += Math.ceil(group.lanes.length / columns) * cell.h;
  });
  return { cells, inner: { w: columns * cell.w, h: Math.max(y, cell.h) } };
}

/** Lays the lanes of one checkpoint out: in one row while they fit, else in rows by direction. */
export function layPlate(lanes: readonly SiteLane[], cell: Size = CELL): Plate {
  const groups = groupLanes(lanes);
  const most = lanes.length > MANY ? COLUMNS_MANY : COLUMNS_FEW;
  const widest = Math.max(1, ...groups.map((group) => group.lanes.length));
  const { cells, inner } =
    lanes.length <= COLUMNS_FEW
      ? oneRow(groups, cell)
      : manyRows(groups, Math.min(most, widest), cell);
  const size = { w: inner.w + 2 * PLATE_PAD, h: inner.h + 2 * PLATE_PAD };
  return {
    size,
    lanes: groups.flatMap((group) => group.lanes),
    groups,
    cell,
    cells: cells.map(({ x, y }) => ({ x: x - inner.w / 2, y: y - inner.h / 2 })),
  };
}

/**
 * The number by which people call a lane: the digits that end its name, else its place in order.
 */
export function laneNumber(name: string, index: number): string {
  return /(\d{1,4})\D*$/.exec(name)?.[1] ?? String(index + 1);
}
