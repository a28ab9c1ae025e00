import { z } from 'zod';
import { Authority } from './authority.ts';
import { AreaId } from './ids.ts';
import { Text3 } from './text.ts';

/**
 * An area without gates: its entities work on the other side under the zone's law. Who is there is
 * declared, never read, and filed with that side's authority.
 */
export const VirtualArea = z.strictObject({
  id: AreaId,
  name: Text3,
  /** With whom what is supervised there is filed. */
  filedWith: Authority,
  /** An answer is overdue so many days after its filing was sent. */
  answerWithinDays: z.number().int().min(1).max(365),
});
export type VirtualArea = z.infer<typeof VirtualArea>;

/** What a filing tells the other side of: the entity itself, or its people there. */
export const FilingAbout = z.enum(['entity', 'presence']);
export const FilingOutcome = z.enum(['accepted', 'rejected']);
