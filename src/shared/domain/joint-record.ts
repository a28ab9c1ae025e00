import { z } from 'zod';

/** One inspection of both sides that takes longer than this from the first read warns; real ms. */
export const JOINT_SLOW_MS = 30_000;

/** What one side's own officer says of somebody whom both sides inspect together. */
export const JointResult = z.enum(['released', 'held']);
export type JointResult = z.infer<typeof JointResult>;
