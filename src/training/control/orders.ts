import { z } from 'zod';

const word = z.string().min(1).max(64);
const seconds = z.number().min(0).max(86_400);

/** What a test or an instructor may ask of the training zone; times are real seconds. */
export const Order = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('power-cut'), board: word, seconds }),
  z.strictObject({ do: z.literal('network-cut'), board: word, seconds }),
  z.strictObject({ do: z.literal('drift'), board: word, seconds: z.number().min(-1e6).max(1e6) }),
  /** A board keeps so many events more that it cannot read out: it owes them for good. */
  z.strictObject({
    do: z.literal('spoil-events'),
    board: word,
    count: z.number().int().min(1).max(1000),
  }),
  z.strictObject({ do: z.literal('force-door'), lane: word }),
  z.strictObject({
    do: z.literal('swipe'),
    lane: word,
    credential: word,
    /** At a lane that can be turned: which of its two readers. */
    side: z.enum(['own', 'other']).default('own'),
    /** Who is not let through at once waits this long for a supervisor before leaving. */
    waitS: z.number().min(0).max(3600).default(5),
  }),
  /** Nobody steps up any more; `runs` lets the calendar go on without them. */
  z.strictObject({ do: z.literal('pause'), calendar: z.enum(['stops', 'runs']).default('stops') }),
  z.strictObject({ do: z.literal('resume') }),
  z.strictObject({ do: z.literal('stop-centre') }),
  z.strictObject({ do: z.literal('start-centre') }),
  z.strictObject({ do: z.literal('openings') }),
  z.strictObject({ do: z.literal('state') }),
]);
export type Order = z.infer<typeof Order>;
