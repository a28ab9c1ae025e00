import { z } from 'zod';
import { AreaId, MusterId, PersonId, ReaderId, TextId } from '../domain/ids.ts';

/**
 * A roll call begins, of an area or of the whole zone. On its list is whoever the ledger has there
 * at this event: those whom it cannot name are counted as `anonymous`.
 */
const Begun = z.object({
  muster: MusterId,
  area: AreaId.nullable(),
  why: z.enum(['ordered', 'evacuation']),
  listed: z.number().int(),
  anonymous: z.number().int(),
  reason: TextId,
});
/** A person is safe: read by a muster point's reader, or marked by hand for a reason. */
const Marked = z.object({
  muster: MusterId,
  person: PersonId,
  /** Whether the list had the person. */
  listed: z.boolean(),
  reader: ReaderId.nullable(),
  reason: TextId.nullable(),
});
const Ended = z.object({
  muster: MusterId,
  marked: z.number().int(),
  missing: z.number().int(),
  unlisted: z.number().int(),
  reason: TextId,
});

export const musterEvents = {
  'muster.begun': Begun,
  'muster.marked': Marked,
  'muster.ended': Ended,
} as const;
