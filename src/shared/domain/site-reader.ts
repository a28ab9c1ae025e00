import { z } from 'zod';
import { LaneId, ReaderId } from './ids.ts';

const placed = {
  id: ReaderId,
  /** At a `desk` a read finds a person and is never a crossing; at a `lane` it asks to cross. */
  use: z.enum(['desk', 'lane']),
  /** The lane that it stands at. */
  lane: LaneId.optional(),
};

const PcproxReader = z.strictObject({
  ...placed,
  driver: z.literal('pcprox'),
  /** The reader's own serial number where two of a model are attached. */
  serial: z.string().max(64).optional(),
});

/** A badge reader attached to this machine, one shape for each driver. */
export const SiteReader = z.discriminatedUnion('driver', [PcproxReader]);
export type SiteReader = z.infer<typeof SiteReader>;
