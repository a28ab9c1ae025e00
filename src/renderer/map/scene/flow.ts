import type { LaneNow } from '../../../shared/contract/views.ts';
import type { LaneId } from '../../../shared/domain/ids.ts';

/** The narrowest and the widest arrow, in CSS pixels at scale 1. */
export const FLOW_MIN_PX = 1.5;
export const FLOW_MAX_PX = 15;
/** Persons a minute at which an arrow is as wide as it gets: ten of the fastest lanes. */
export const FLOW_FULL = 120;

/**
 * The width of a flow's arrow. It grows with the root, so that one person a minute is seen beside a
 * hundred; nobody at all is a hairline.
 */
export function flowWidth(perMinute: number): number {
  if (!(perMinute > 0)) return FLOW_MIN_PX;
  const share = Math.min(1, Math.sqrt(perMinute / FLOW_FULL));
  return FLOW_MIN_PX + (FLOW_MAX_PX - FLOW_MIN_PX) * share;
}

/** Persons a minute of a group of lanes, by their live rows. */
export function perMinuteOf(lanes: readonly LaneId[], rows: ReadonlyMap<string, LaneNow>): number {
  let sum = 0;
  for (const lane of lanes) sum += rows.get(lane)?.perMinute ?? 0;
  return sum;
}
