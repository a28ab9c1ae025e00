import { z } from 'zod';

/** What becomes of a thing in custody; `used` and `destroyed` end it, as leaving does. */
export const CustodyStep = z.enum(['declared', 'transported', 'in', 'out', 'used', 'destroyed']);
export type CustodyStep = z.infer<typeof CustodyStep>;

/** After these nothing more becomes of it. */
export const LAST_STEPS: ReadonlySet<CustodyStep> = new Set<CustodyStep>([
  'out',
  'used',
  'destroyed',
]);

/** An electronic lock: `off-route` where its vehicle has left the way it was to take. */
export const LockState = z.enum(['locked', 'tampered', 'off-route']);
export type LockState = z.infer<typeof LockState>;
