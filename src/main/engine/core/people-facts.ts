import type { Authority } from '../../../shared/domain/authority.ts';
import type {
  CorrectedFact,
  CorrectedPassage,
  CorrectionState,
  FactValue,
} from '../../../shared/domain/correction.ts';
import type { Timing } from '../../../shared/domain/crossing.ts';
import type { DayReturnOutcome } from '../../../shared/domain/day-return.ts';
import type {
  AreaId,
  CheckpointId,
  CorrectionId,
  CrossingId,
  LaneId,
  PersonId,
  UserId,
} from '../../../shared/domain/ids.ts';
import type { JointResult } from '../../../shared/domain/joint-record.ts';
import type { Direction, Line, PersonClass } from '../../../shared/domain/line.ts';
import type { Place } from '../../../shared/domain/place.ts';
import type { EventData } from '../../../shared/journal/events.ts';

/** A crossing as it is recorded, with what was put right of it since. */
export interface RecordedCrossing {
  readonly crossing: CrossingId;
  readonly person: PersonId | null;
  readonly lane: LaneId;
  readonly checkpoint: CheckpointId;
  readonly line: Line;
  readonly direction: Direction;
  readonly class: PersonClass;
  readonly from: Place;
  readonly to: Place;
  /** The badge read, ms. */
  readonly askedMs: number;
  /** Null where it is not known yet, or where the gate was never to be opened. */
  readonly passage: CorrectedPassage | null;
  /** When it happened, ms. */
  readonly happenedMs: number;
  /** Under which moment its passage is counted, ms; null where it is not counted. */
  readonly countedMs: number | null;
  /** The same of the person's allowance; null where it is no crossing that counts against one. */
  readonly allowance: { readonly fromMs: number | null } | null;
  /** It is among the crossings of its day that were not taken. */
  readonly isNotTakenCounted: boolean;
  /** The person's crossings before and after it, ms; null for none. */
  readonly earlierMs: number | null;
  readonly laterMs: number | null;
  /** The person is where this crossing, as it stands, put them. */
  readonly isLast: boolean;
  /** Nothing is known of the person that happened after it. */
  readonly isNewest: boolean;
  /** A vehicle's: goods moved with it, whose ledger is put right by steps of its own. */
  readonly isVehicle: boolean;
}

/** An obligation to be back that a person decided on. */
export interface DecidedReturn {
  readonly crossing: CrossingId;
  readonly person: PersonId;
  readonly back: Place;
  /** Where the person had gone. */
  readonly area: Place;
  readonly outcome: DayReturnOutcome | null;
  /** The correction of the ledger that went with the decision. */
  readonly set: CorrectionId | null;
  /** Nothing has moved the person since. */
  readonly isLast: boolean;
  readonly place: Place | null;
}

/** A correction that somebody asked for. */
export interface CorrectionNow {
  readonly correction: CorrectionId;
  readonly crossing: CrossingId;
  readonly person: PersonId | null;
  readonly fact: CorrectedFact;
  readonly before: FactValue;
  readonly after: FactValue;
  readonly state: CorrectionState;
  readonly askedBy: UserId | null;
}

/** What a correction is decided by. */
export interface CorrectionFacts {
  /** Null where none is of this id, and where one is asked for. */
  readonly correction: CorrectionNow | null;
  /** Another one of the same fact waits. */
  readonly waiting: CorrectionId | null;
  readonly crossing: RecordedCrossing | null;
  readonly dayReturn: DecidedReturn | null;
  /** Returns that the crossing ended, where those stand in an earlier file of the journal. */
  readonly owed: NonNullable<EventData<'correction.confirmed'>['owed']>;
}

/** A visitor inside without the escort, for longer than it takes to follow through a gate. */
export interface VisitorAlone {
  readonly person: PersonId;
  readonly area: AreaId;
  /** Null where a person put the visitor there. */
  readonly crossing: CrossingId | null;
  /** Null where nobody escorted them in. */
  readonly official: PersonId | null;
  /** `late` where what left them alone was heard of only afterwards. */
  readonly timing: Timing;
}

/** What the sides of a joint inspection have said themselves. */
export interface JointFacts {
  /** Null where the regime names none. */
  readonly sides: { readonly first: Authority; readonly home: Authority } | null;
  /** Somebody is referred by it still, or was released by it. */
  readonly isKnown: boolean;
  readonly given: readonly {
    readonly side: Authority;
    readonly result: JointResult;
    readonly by: UserId | null;
  }[];
}

/** Who is in an area, by name and without. */
export interface AreaCountFacts {
  readonly area: AreaId;
  readonly named: number;
  readonly anonymous: number;
}
