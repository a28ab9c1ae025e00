import type { CheckpointId, LaneId } from '../../../shared/domain/ids.ts';
import type { PlacedPlate } from './layout.ts';
import type { Px, Size } from './px.ts';

/** What lies under a point of the screen. */
export interface Picked {
  readonly checkpoint: CheckpointId;
  /** The lane whose cell it is; null beside the cells or on the name. */
  readonly lane: LaneId | null;
}

function within(at: Px, middle: Px, { w, h }: Size): boolean {
  return Math.abs(at.x - middle.x) <= w / 2 && Math.abs(at.y - middle.y) <= h / 2;
}

/** The plate under a point, its name included, and the lane in it; null where there is none. */
export function pick(placed: readonly PlacedPlate[], at: Px): Picked | null {
  // What is drawn last lies on top.
  const plate = placed.findLast(({ box }) => within(at, box.middle, box.size));
  if (!plate) return null;
  const cell = plate.cells.find(({ middle }) => within(at, middle, plate.cell));
  return { checkpoint: plate.checkpoint, lane: cell?.lane ?? null };
}
