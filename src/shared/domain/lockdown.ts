import { z } from 'zod';

/** What becomes of the ways out: each exit decided as ever, or shut as the ways in are. */
export const LockdownExits = z.enum(['controlled', 'locked']);
export type LockdownExits = z.infer<typeof LockdownExits>;

/** `proposed`: one of two persons wants it; `ending`: it holds, and one of two wants its end. */
export const LockdownState = z.enum(['proposed', 'in-force', 'ending', 'ended', 'withdrawn']);
export type LockdownState = z.infer<typeof LockdownState>;
