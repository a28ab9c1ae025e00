import { z } from 'zod';

/**
 * What counts as a day of presence: any part of it, its night, or more than half of it. The law on
 * a zone that does not yet exist is open: a regime names one, evidence shows them side by side.
 */
export const PartDayRule = z.enum(['any-part', 'nights', 'over-half']);
export type PartDayRule = z.infer<typeof PartDayRule>;
