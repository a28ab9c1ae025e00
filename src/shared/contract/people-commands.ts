import { z } from 'zod';
import { CorrectedPassage, CorrectionChange } from '../domain/correction.ts';
import { DayReturnOutcome } from '../domain/day-return.ts';
import { AreaId, CorrectionId, CrossingId } from '../domain/ids.ts';
import { JointResult } from '../domain/joint-record.ts';
import { SuspendedKind } from '../domain/suspension.ts';
import { operation } from './row.ts';

const reason = z.string().trim().min(3).max(500);
const done = z.object({ seq: z.number().int() });
const suspended = { kind: SuspendedKind, id: z.string().min(1).max(64) };
const watchers = ['operator', 'supervisor'] as const;

/** Commands on the ledger of people. */
export const peopleCommands = {
  /**
   * Of a person, or of an enterprise and all permits behind which it stands: no crossing into the
   * zone from the next badge read on, whatever the datasets say, until it is ended here.
   */
  'suspension.begin': operation({
    roles: ['supervisor'],
    input: z.object({ ...suspended, reason }),
    output: done,
  }),
  'suspension.end': operation({
    roles: ['supervisor'],
    input: z.object({ ...suspended, reason }),
    output: done,
  }),
  /** Where somebody is whose exit is missing: left, or is inside still. */
  'day-return.decide': operation({
    roles: ['supervisor'],
    input: z.object({ crossing: CrossingId, outcome: DayReturnOutcome, reason }),
    output: done,
  }),
  /**
   * Says how a passage ended that nobody saw. Whose place is in doubt by it is then at that end of
   * the lane. Fails with `not-open` where it is not unknown, or was answered.
   */
  'passage.answer': operation({
    roles: ['supervisor'],
    input: z.object({ crossing: CrossingId, passage: CorrectedPassage, reason }),
    output: done,
  }),
  /**
   * Says that a recorded fact is wrong, and what is right. Nothing changes until a second person
   * confirms it. Fails with `not-found`, `not-open`, `no-change`, `out-of-order` and `waiting`.
   */
  'correction.ask': operation({
    roles: watchers,
    input: z.object({ crossing: CrossingId, change: CorrectionChange, reason }),
    output: z.object({ correction: CorrectionId }),
  }),
  /** By a second person, never who asked: from then on the ledger counts with the new fact. */
  'correction.confirm': operation({
    roles: ['supervisor'],
    input: z.object({ correction: CorrectionId, reason }),
    output: done,
  }),
  /** Leaves the fact as it is: by a supervisor, or by who asked. */
  'correction.decline': operation({
    roles: watchers,
    input: z.object({ correction: CorrectionId, reason }),
    output: done,
  }),
  /**
   * One side's own result of a joint inspection, by somebody who acts for that side. While the
   * other side holds a referred person nobody lets them through. Fails with `second-side`,
   * `not-found` and `no-change`.
   */
  'joint.give': operation({
    roles: ['supervisor', 'administrator'],
    input: z.object({ crossing: CrossingId, result: JointResult, reason }),
    output: done,
  }),
  /**
   * Somebody counted the heads in an area: whoever the ledger has there by name stays, and the
   * persons that it cannot name become the rest. Fails with `below-named` where fewer were counted
   * than are there by name: then persons have to be put right one by one.
   */
  'area.count': operation({
    roles: ['supervisor'],
    input: z.object({
      area: AreaId,
      counted: z.number().int().min(0).max(1_000_000),
      reason,
    }),
    output: done,
  }),
} as const;
