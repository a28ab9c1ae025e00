import { z } from 'zod';
import { ReaderId } from './ids.ts';

/** What a reader is there for: at a `desk` a read finds a person and is never a crossing. */
const use = z.literal('desk');

const PcproxReader = z.strictObject({
  id: ReaderId,
  driver: z.literal('pcprox'),
  use,
  /** The reader's own serial number where two of a model are attached. */
  serial: z.string().max(64).optional(),
});

/** A badge reader attached to this machine, one shape for each driver. */
export const SiteReader = z.discriminatedUnion('driver', [PcproxReader]);
export type SiteReader = z.infer<typeof SiteReader>;
