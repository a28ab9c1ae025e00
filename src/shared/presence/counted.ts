import { z } from 'zod';
import { isArea, type Place } from '../domain/place.ts';

/**
 * Where being counts as presence: in the zone alone, or also beyond the second line, where the
 * zone's own territory lies. Which of them the law will ask for is open.
 */
export const PresenceWhere = z.enum(['zone', 'zone-and-home']);
export type PresenceWhere = z.infer<typeof PresenceWhere>;

/** Says of a place whether it counts. */
export function countsAs(where: PresenceWhere): (place: Place) => boolean {
  return where === 'zone' ? isArea : (place) => place !== 'beyond-first';
}
