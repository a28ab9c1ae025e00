import { z } from 'zod';

/** What becomes of a thing in custody; `used` and `destroyed` end it, as leaving does. */
export const CustodyStep = z.enum(['declared', 'transported', 'in', 'out', 'used', 'destroyed']);
export type CustodyStep = z.infer<typeof CustodyStep>;

/**
 * What may become of a thing after each step; `none` where it was never followed. What left may
 * come again; only what is in the zone can be used, and what is no more has no next step.
 */
export const NEXT_STEPS: Readonly<Record<CustodyStep | 'none', readonly CustodyStep[]>> = {
  none: ['declared', 'transported', 'in'],
  declared: ['transported', 'in', 'out', 'destroyed'],
  transported: ['in', 'out', 'destroyed'],
  in: ['transported', 'out', 'used', 'destroyed'],
  out: ['declared', 'transported', 'in'],
  used: [],
  destroyed: [],
};

/** What a lane cannot see happen to a thing that is followed: it is here already, or is no more. */
export function isOddPassage(now: CustodyStep, way: 'in' | 'out'): boolean {
  return !NEXT_STEPS[now].includes(way) || (way === 'out' && now !== 'in' && now !== 'transported');
}

/** After these nothing more becomes of it, unless it left and comes again. */
export const LAST_STEPS: ReadonlySet<CustodyStep> = new Set<CustodyStep>([
  'out',
  'used',
  'destroyed',
]);

/** An electronic lock: `off-route` where its vehicle has left the way it was to take. */
export const LockState = z.enum(['locked', 'tampered', 'off-route']);
export type LockState = z.infer<typeof LockState>;
