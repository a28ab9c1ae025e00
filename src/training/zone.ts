import type { AreaId } from '../shared/domain/ids.ts';
import type { Place } from '../shared/domain/place.ts';

/** The two areas of the training zone. */
export const LOOP = 'loop' as AreaId;
export const SAN_TIN = 'san-tin' as AreaId;

/** Every place a person can be, in the order in which the world stores it (one byte a person). */
export const PLACES: readonly Place[] = ['beyond-first', 'beyond-second', LOOP, SAN_TIN];

/** The line that leads to the mainland, and the one that leads to the rest of Hong Kong. */
export type HomeSide = 'beyond-first' | 'beyond-second';
