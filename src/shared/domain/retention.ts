import { z } from 'zod';
import { PersonId } from './ids.ts';

/**
 * What is kept for a time only. `texts`: reasons and notes that people typed, from when they were
 * typed. `persons`: the reference rows of a person, from the end of the last permit.
 */
export const RetentionClass = z.enum(['texts', 'persons']);
export type RetentionClass = z.infer<typeof RetentionClass>;

const Period = z.strictObject({
  days: z.number().int().min(1).max(36_500),
  /** The law or order that says so: stands in the journal beside what was erased. */
  basis: z.string().min(1).max(200),
});

/** How long each class is kept; one that is left out is kept until somebody erases it. */
export const Retention = z.partialRecord(RetentionClass, Period);
export type Retention = z.infer<typeof Retention>;

/** What an erasure takes away: all of one person, or what a class holds from before a moment. */
export const ErasureScope = z.union([
  z.strictObject({ person: PersonId }),
  z.strictObject({ class: RetentionClass, beforeMs: z.number().int() }),
]);
export type ErasureScope = z.infer<typeof ErasureScope>;
