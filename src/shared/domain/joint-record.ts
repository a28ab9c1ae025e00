/** One inspection of both sides that takes longer than this from the first read is told of. */
export const JOINT_SLOW_MS = 30_000;
