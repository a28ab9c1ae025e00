import { z } from 'zod';

export const Verdict = z.enum(['admit', 'refer', 'refuse']);
export type Verdict = z.infer<typeof Verdict>;

/** The life of a crossing; the last five are its ends. */
export const CrossingState = z.enum([
  'asked',
  'referred',
  'admitted',
  'opened',
  'passed',
  'not-taken',
  'unknown',
  'refused',
  'recorded',
]);
export type CrossingState = z.infer<typeof CrossingState>;

export const Timing = z.enum(['live', 'late']);
export type Timing = z.infer<typeof Timing>;
