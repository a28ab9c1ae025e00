import { z } from 'zod';
import { CheckpointId, CrossingId, LaneId, PermitId } from '../domain/ids.ts';
import {
  MOST_FORMS,
  PaperNumber,
  PaperSeries,
  StaffNumber,
  UnnamedThen,
} from '../domain/paper-form.ts';
import { operation } from './row.ts';

const reason = z.string().trim().min(3).max(500);
const watchers = ['operator', 'supervisor'] as const;
const ms = z.number().int();
const count = z.number().int().nonnegative();

/** The fallback to paper: numbered forms that are handed out, and keyed in afterwards. */
export const paperCommands = {
  /** The next numbers of a series go to somebody. */
  'paper.hand-out': operation({
    roles: watchers,
    input: z.object({
      series: PaperSeries,
      count: z.number().int().min(1).max(MOST_FORMS),
      checkpoint: CheckpointId.nullable(),
      holder: StaffNumber,
      reason,
    }),
    output: z.object({ from: PaperNumber, to: PaperNumber }),
  }),
  /**
   * A crossing that was written on a form: kept with the time when it happened and that of keying,
   * and judged by the regime of then. Who would not have been admitted is told by an incident.
   */
  'paper.key-in': operation({
    roles: watchers,
    input: z.object({
      series: PaperSeries,
      number: PaperNumber,
      lane: LaneId,
      direction: z.enum(['in', 'out']),
      happenedMs: ms,
      permit: PermitId,
      writer: StaffNumber,
      reason,
    }),
    output: z.object({
      crossing: CrossingId,
      /** What the regime of then says of it. */
      entitled: z.boolean(),
      movesPresence: z.boolean(),
      /** Null where the gate is not known to have stood open then. */
      unnamed: UnnamedThen.nullable(),
    }),
  }),
  /** A form that was spoiled, or came back unused. */
  'paper.void': operation({
    roles: watchers,
    input: z.object({ series: PaperSeries, number: PaperNumber, reason }),
    output: z.object({ seq: z.number().int() }),
  }),
} as const;

export const paperQueries = {
  /** Each series, and the forms that are still out, the missing ones first; at most 500. */
  'paper.forms': operation({
    roles: ['operator', 'supervisor', 'inspector'],
    input: z.object({}),
    output: z.object({
      series: z.array(
        z.object({ series: PaperSeries, last: count, out: count, keyed: count, void: count }),
      ),
      out: z.array(
        z.object({
          series: PaperSeries,
          number: PaperNumber,
          handedMs: ms,
          checkpoint: CheckpointId.nullable(),
          holder: StaffNumber,
          /** One of a higher number is settled already. */
          missing: z.boolean(),
        }),
      ),
      /** All that are missing, also those that are not listed. */
      missing: count,
    }),
  }),
} as const;
