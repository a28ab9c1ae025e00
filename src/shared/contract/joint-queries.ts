import { z } from 'zod';
import { Authority } from '../domain/authority.ts';
import { CrossingId, LaneId, UserId } from '../domain/ids.ts';
import { operation } from './row.ts';

const ms = z.number().int();
const everyone = ['operator', 'supervisor', 'inspector', 'administrator'] as const;

/**
 * What one side says: `not-given` where a person of the other side released, or decides still, and
 * this one has not said anything; `not-released` where the gate did not open.
 */
const SideResult = z.enum([
  ...(['released', 'released-by-person', 'held', 'not-given', 'not-released', 'waiting'] as const),
]);
export type SideResult = z.infer<typeof SideResult>;

/** Both sides' results of one inspection on one row, and how long it took. */
const JointRow = z.object({
  crossing: CrossingId,
  /** The first read, ms. */
  readMs: ms,
  /** The gate shown open, ms; null where it was not. */
  releaseMs: ms.nullable(),
  tookMs: ms.nullable(),
  /** For whom the crossing is an exit, and for whom an entry; null where the regime names none. */
  exitFor: Authority.nullable(),
  entryFor: Authority.nullable(),
  /** Each side's own, and who gave it: null where the rule did, or nobody has yet. */
  exitResult: SideResult,
  exitBy: UserId.nullable(),
  entryResult: SideResult,
  entryBy: UserId.nullable(),
  /** It took too long, and that is an incident. */
  isSlow: z.boolean(),
  /** A side's own result is taken still: what lies in a sealed file is over. */
  takesResults: z.boolean(),
});
export type JointRow = z.infer<typeof JointRow>;

/** One side of an inspection, and what it has said. */
const JointSide = z.object({
  side: Authority,
  /** What the crossing is for this side. */
  way: z.enum(['exit', 'entry']),
  result: SideResult,
  /** Who gave it: null where the rule did, or nobody has yet. */
  by: UserId.nullable(),
});
export type JointSide = z.infer<typeof JointSide>;

/** On whose behalf whoever asks acts; null where nobody has said. */
const ownSide = Authority.nullable();

/** Queries on inspections that both sides of the first line make together. */
export const jointQueries = {
  /**
   * Crossings by one inspection of both sides at a lane on a Hong Kong day, newest first, and how
   * long they took from the first read to the release; median and p95 null where there were none.
   * Of the newest 5,000 where there were more.
   */
  'joint-record.lane': operation({
    roles: everyone,
    input: z.object({
      lane: LaneId,
      day: z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}$/)
        .optional(),
      limit: z.number().int().min(1).max(200),
    }),
    output: z.object({
      rows: z.array(JointRow),
      released: z.number().int(),
      medianMs: ms.nullable(),
      p95Ms: ms.nullable(),
      /** How many took longer than `slowMs`. */
      slow: z.number().int(),
      slowMs: ms,
      ownSide,
    }),
  }),
  /**
   * What the sides have said of one crossing so far, the one that it leaves first; null where it is
   * no joint inspection, or where none of them is asked any more.
   */
  'joint-record.crossing': operation({
    roles: everyone,
    input: z.object({ crossing: CrossingId }),
    output: z.object({ sides: z.array(JointSide).nullable(), ownSide }),
  }),
} as const;
