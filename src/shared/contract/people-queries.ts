import { z } from 'zod';
import { CORRECTED_FACTS, CorrectionState, FactValue } from '../domain/correction.ts';
import { CrossingState, Timing } from '../domain/crossing.ts';
import { DayReturnOutcome, DayReturnState } from '../domain/day-return.ts';
import {
  CorrectionId,
  CrossingId,
  IncidentId,
  LaneId,
  PermitId,
  PersonId,
  UserId,
} from '../domain/ids.ts';
import { IncidentState, IncidentType, Priority } from '../domain/incident.ts';
import { Place } from '../domain/place.ts';
import { SuspendedKind } from '../domain/suspension.ts';
import { jointQueries } from './joint-queries.ts';
import { operation } from './row.ts';

const ms = z.number().int();
const lookers = ['operator', 'supervisor', 'inspector'] as const;
const limit = z.number().int().min(1).max(200);
/** What a person typed; null where it was erased since. */
const typed = z.string().nullable();

/** Somebody who has to be back, or was late; see `DayReturnState`. */
const DayReturnRow = z.object({
  crossing: CrossingId,
  person: PersonId,
  back: Place,
  dueMs: ms,
  /** Null where nobody knows whether the person went in. */
  sinceMs: ms.nullable(),
  state: DayReturnState,
  overdueMs: ms.nullable(),
  decided: z
    .object({ outcome: DayReturnOutcome, atMs: ms, by: UserId.nullable(), reason: typed })
    .nullable(),
  closedMs: ms.nullable(),
});
export type DayReturnRow = z.infer<typeof DayReturnRow>;

/** A person, an enterprise or a permit that is suspended here now. */
const SuspensionRow = z.object({
  kind: z.enum([...SuspendedKind.options, 'permit']),
  id: z.string(),
  sinceMs: ms,
  by: UserId.nullable(),
  reason: typed,
});
export type SuspensionRow = z.infer<typeof SuspensionRow>;

/** A fact of a crossing, or of the obligation that began with it, that was put right. */
export const CorrectionRow = z.object({
  correction: CorrectionId,
  crossing: CrossingId,
  person: PersonId.nullable(),
  fact: z.enum(CORRECTED_FACTS),
  before: FactValue,
  after: FactValue,
  state: CorrectionState,
  askedMs: ms,
  askedBy: UserId.nullable(),
  askedReason: typed,
  /** Null while nobody has confirmed or declined it. */
  settled: z.object({ atMs: ms, by: UserId.nullable(), reason: typed }).nullable(),
});
export type CorrectionRow = z.infer<typeof CorrectionRow>;

const entry = { id: z.string(), atMs: ms };
/** One thing that the ledger has of a person. */
export const TimelineEntry = z.discriminatedUnion('what', [
  z.object({
    ...entry,
    what: z.literal('crossing'),
    lane: LaneId,
    from: Place,
    to: Place,
    state: CrossingState,
    timing: Timing,
    permit: PermitId.nullable(),
  }),
  /** A person said where somebody is. */
  z.object({ ...entry, what: z.literal('presence'), place: Place }),
  z.object({ ...entry, what: z.literal('day-return'), row: DayReturnRow }),
  z.object({ ...entry, what: z.literal('correction'), row: CorrectionRow }),
  z.object({
    ...entry,
    what: z.literal('incident'),
    incident: IncidentId,
    type: IncidentType,
    priority: Priority,
    state: IncidentState,
    crossing: CrossingId,
  }),
]);
export type TimelineEntry = z.infer<typeof TimelineEntry>;

/** Queries on the ledger of people. */
export const peopleQueries = {
  /**
   * Who has to be back, by their crossings in, the oldest first, but of those who are back the
   * newest first, out of all segments; after one of them for the next page. Ids only, as in every
   * list.
   */
  'day-return.list': operation({
    roles: lookers,
    input: z.object({ state: DayReturnState, after: CrossingId.optional(), limit }),
    output: z.object({
      rows: z.array(DayReturnRow),
      more: z.boolean(),
      /** So long before a cut-off those who are inside still are told of; ms. */
      warnsMs: ms,
      nowMs: ms,
    }),
  }),
  /** Whoever and whatever is suspended here now, the newest first. */
  'suspension.list': operation({
    roles: lookers,
    input: z.object({}),
    output: z.object({ rows: z.array(SuspensionRow), cut: z.boolean() }),
  }),
  /** Corrections: those that wait, or those of a crossing, or all of them, newest first. */
  'correction.list': operation({
    roles: lookers,
    input: z.object({
      state: CorrectionState.optional(),
      crossing: CrossingId.optional(),
      after: CorrectionId.optional(),
      limit,
    }),
    output: z.object({ rows: z.array(CorrectionRow), more: z.boolean() }),
  }),
  /** All that the ledger has of one person, newest first, a page at a time. */
  'person.timeline': operation({
    roles: ['supervisor', 'inspector'],
    discloses: true,
    input: z.object({
      person: PersonId,
      purpose: z.string().trim().min(3).max(120),
      /** The last entry's id, for the next page. */
      after: z.string().max(32).optional(),
      limit: z.number().int().min(1).max(100),
    }),
    output: z.object({ entries: z.array(TimelineEntry), more: z.boolean() }),
  }),
  ...jointQueries,
} as const;
