import { z } from 'zod';
import { DayReturnOutcome } from '../domain/day-return.ts';
import { CrossingId, PersonId, TextId } from '../domain/ids.ts';
import { SuspendedKind } from '../domain/suspension.ts';

/** The more restrictive of this and the datasets holds, until it is ended here. */
const Suspension = z.object({
  kind: SuspendedKind,
  /** A person's or an enterprise's id. */
  id: z.string().min(1).max(64),
  reason: TextId,
});

const DayReturn = z.object({
  /** The crossing that the obligation began with. */
  crossing: CrossingId,
  person: PersonId,
  dueMs: z.number().int(),
});
/** So many are expected back by the same moment, which is near. */
const DayReturnSoon = z.object({ dueMs: z.number().int(), persons: z.number().int().min(1) });
/** A person decided where the exit is missing; who stands in the envelope. */
const DayReturnDecided = z.object({
  crossing: CrossingId,
  person: PersonId,
  outcome: DayReturnOutcome,
  reason: TextId,
});

export const peopleEvents = {
  'suspension.begun': Suspension,
  'suspension.ended': Suspension,
  'day-return.soon': DayReturnSoon,
  'day-return.overdue': DayReturn,
  'day-return.decided': DayReturnDecided,
} as const;
