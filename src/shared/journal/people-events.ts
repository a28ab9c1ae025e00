import { z } from 'zod';
import { Authority } from '../domain/authority.ts';
import { CORRECTED_FACTS, FactValue } from '../domain/correction.ts';
import { DayReturnOutcome } from '../domain/day-return.ts';
import {
  AreaId,
  CheckpointId,
  CorrectionId,
  CrossingId,
  LaneId,
  PersonId,
  TextId,
  UserId,
} from '../domain/ids.ts';
import { JointResult } from '../domain/joint-record.ts';
import { Direction, Line, PersonClass } from '../domain/line.ts';
import { Place } from '../domain/place.ts';
import { SuspendedKind } from '../domain/suspension.ts';

/** One exit ends no more returns than anybody owes at a place. */
export const MOST_OWED = 16;

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

const fact = {
  correction: CorrectionId,
  /** The crossing, or that with which the obligation to be back began. */
  crossing: CrossingId,
  person: PersonId.nullable(),
  fact: z.enum(CORRECTED_FACTS),
  before: FactValue,
  after: FactValue,
  reason: TextId,
};
const CorrectionAsked = z.object(fact);
/** Where a crossing's passage was counted, and is counted from now on; ms, null for not at all. */
const Recount = z.object({
  lane: LaneId,
  checkpoint: CheckpointId,
  line: Line,
  direction: Direction,
  class: PersonClass,
  fromMs: z.number().int().nullable(),
  toMs: z.number().int().nullable(),
  /** The badge read, ms, to whose day it belongs whether a crossing was not taken. */
  askedMs: z.number().int(),
  /** By how many the day's crossings that were not taken change. */
  notTaken: z.number().int().min(-1).max(1),
});
/** An obligation to be back as it stood before an exit ended it. */
const OwedReturn = z.object({
  crossing: CrossingId,
  back: Place,
  dueMs: z.number().int(),
  sinceMs: z.number().int().nullable(),
  isInDoubt: z.boolean(),
  overdueMs: z.number().int().nullable(),
  outcome: DayReturnOutcome.nullable(),
  decidedMs: z.number().int().nullable(),
  decidedBy: UserId.nullable(),
  reason: TextId.nullable(),
  set: CorrectionId.nullable(),
});
/** A second person agreed: what was recorded stands as it is, and counts as corrected. */
const CorrectionConfirmed = z.object({
  ...fact,
  askedBy: UserId,
  recount: Recount.nullable(),
  /**
   * Under which moment the passage counted against the person's allowance so far, ms; null for not
   * at all. Absent where it is none of those, and in events of old.
   */
  allowance: z.object({ fromMs: z.number().int().nullable() }).optional(),
  /** What the exit had ended, where that stands in an earlier file of the journal. */
  owed: z.array(OwedReturn).max(MOST_OWED).optional(),
  /** Where the ledger then puts the person, by the next event; null where nothing moves. */
  place: Place.nullable(),
  /** Of a day return that was decided wrongly: the correction of the ledger that went with it. */
  voids: CorrectionId.nullable(),
});
const CorrectionDeclined = z.object({
  correction: CorrectionId,
  crossing: CrossingId,
  reason: TextId,
});

/** Heads were counted in an area: what the ledger had before, by name and without. */
const AreaCounted = z.object({
  area: AreaId,
  counted: z.number().int().min(0),
  named: z.number().int(),
  anonymous: z.number().int(),
  reason: TextId,
});

/** An escorted visitor is inside without who escorted them; null where nobody did. */
const VisitorAlone = z.object({
  person: PersonId,
  area: AreaId,
  official: PersonId.nullable(),
});

/** One side's own result of a joint inspection; who gave it stands in the envelope. */
const JointGiven = z.object({
  crossing: CrossingId,
  side: Authority,
  result: JointResult,
  reason: TextId,
});

export const peopleEvents = {
  'suspension.begun': Suspension,
  'suspension.ended': Suspension,
  'day-return.soon': DayReturnSoon,
  'day-return.overdue': DayReturn,
  'day-return.decided': DayReturnDecided,
  'correction.asked': CorrectionAsked,
  'correction.confirmed': CorrectionConfirmed,
  'correction.declined': CorrectionDeclined,
  'area.counted': AreaCounted,
  'visitor.alone': VisitorAlone,
  'joint.given': JointGiven,
} as const;
