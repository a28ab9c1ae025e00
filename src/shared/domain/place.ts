import { z } from 'zod';
import { AreaId } from './ids.ts';

/** Where a person can be: beyond the first line, in an area of the zone, beyond the second line. */
export const BEYOND = ['beyond-first', 'beyond-second'] as const;
export type Beyond = (typeof BEYOND)[number];

export const Place = z.union([z.enum(BEYOND), AreaId]);
export type Place = z.infer<typeof Place>;

export function isArea(place: Place): place is AreaId {
  return place !== 'beyond-first' && place !== 'beyond-second';
}
