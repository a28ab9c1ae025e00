import { z } from 'zod';
import { Authority } from '../domain/authority.ts';
import { CorrectedPassage } from '../domain/correction.ts';
import { Credential } from '../domain/credential.ts';
import { Timing } from '../domain/crossing.ts';
import {
  AreaId,
  BoardId,
  CheckpointId,
  CrossingId,
  ExceptionId,
  LaneId,
  PermitId,
  PersonId,
  ReaderId,
  TextId,
} from '../domain/ids.ts';
import { Direction, Line, PersonClass } from '../domain/line.ts';
import { PermitStatus } from '../domain/permit.ts';
import { Place } from '../domain/place.ts';
import { CodeProof, KeyId } from '../domain/qr-permit.ts';
import { ObligationName, Reason } from '../regime/requirement.ts';
import { OnPaper } from './paper-events.ts';

/** By the lane's board under its event index, or by the console's own reader, which has none: 0. */
const readWhere = {
  index: z.number().int(),
  reader: ReaderId.optional(),
  /** A permit's code that was shown instead of a badge. */
  code: z.object({ token: z.string().length(32), key: KeyId, proof: CodeProof }).optional(),
};

/** Somebody asked to cross: a badge was read at a lane. */
const Asked = z.object({
  crossing: CrossingId,
  lane: LaneId,
  checkpoint: CheckpointId,
  line: Line,
  direction: Direction,
  from: Place,
  to: Place,
  board: BoardId,
  ...readWhere,
  credential: Credential,
  person: PersonId.nullable(),
  permit: PermitId.nullable(),
  class: PersonClass,
  timing: Timing,
});

/** What a decision relied on, so that the journal alone explains it. */
export const Relied = z.object({
  permitStatus: PermitStatus.nullable(),
  validToMs: z.number().int().nullable(),
  place: Place.nullable(),
  inside: z.number().int().nullable(),
  reserved: z.number().int().nullable(),
  /** Dataset versions in force: permits, watch-list, clearances. */
  datasets: z.record(z.string(), z.number().int()),
  /** Every requirement's outcome: see `regime/recorded-outcomes.ts`. Events of old have none. */
  outcomes: z.string().max(64).optional(),
});

const decided = {
  crossing: CrossingId,
  lane: LaneId,
  person: PersonId.nullable(),
  permit: PermitId.nullable(),
  class: PersonClass,
  from: Place,
  to: Place,
  rule: z.string(),
  regime: z.string(),
  regimeVersion: z.number().int(),
  reasons: z.array(Reason).max(24),
  warnings: z.array(Reason).max(24),
  relied: Relied,
};

const Admitted = z.object({
  ...decided,
  obligations: z.array(ObligationName),
  overstay: z.boolean(),
  /** When the person must be out again, ms; null where the rule starts no such obligation. */
  dueBackMs: z.number().int().nullable(),
  /** Set when a person admitted a referred crossing. */
  exception: ExceptionId.nullable(),
  /** On whose behalf that person acts; absent where nobody has said, and in events of old. */
  side: Authority.optional(),
  /** Monotonic deadline for opening, real ms on this boot. */
  deadlineMono: z.number().int(),
});
const Refused = z.object({ ...decided, exception: ExceptionId.nullable() });
const Referred = z.object({ ...decided, exception: ExceptionId });

const movement = {
  crossing: CrossingId,
  lane: LaneId,
  person: PersonId.nullable(),
  from: Place,
  to: Place,
};

/** The gate showed that it opened for this crossing. */
const Opened = z.object({ ...movement, shownBy: z.enum(['relay', 'door', 'mode']) });
/** The person went through: presence moves here and only here. */
const Passed = z.object({
  ...movement,
  shownBy: z.enum(['sensor', 'door', 'relay', 'person']),
  line: Line,
  direction: Direction,
  checkpoint: CheckpointId,
  class: PersonClass,
  /** False for a late passage older than the person's last known event: history only. */
  movesPresence: z.boolean(),
  /** `late` where the board told of it only afterwards; events of old have none and are live. */
  timing: Timing.optional(),
});
const NotTaken = z.object({
  ...movement,
  why: z.enum(['not-opened', 'nobody-passed', 'command-failed', 'command-expired']),
});
const Unknown = z.object({
  ...movement,
  why: z.enum(['gate-silent', 'restarted', 'order-impossible', 'gate-not-seen', 'shared-leaf']),
});

/**
 * A crossing that the board decided alone (or that reached us late): it happened without our
 * verdict. `entitled` is what the regime would have said with the facts at hand.
 */
const Recorded = z.object({
  ...movement,
  board: BoardId,
  ...readWhere,
  credential: Credential,
  line: Line,
  direction: Direction,
  checkpoint: CheckpointId,
  class: PersonClass,
  permit: PermitId.nullable(),
  permitStatus: PermitStatus.nullable(),
  granted: z.boolean(),
  boardReason: z.number().int(),
  entitled: z.boolean(),
  movesPresence: z.boolean(),
  regimeVersion: z.number().int(),
  reasons: z.array(Reason).max(24),
  /** As for one admitted; absent where the board did not open, and in events of old. */
  dueBackMs: z.number().int().nullable().optional(),
  /** `live` where the board decided while we listened; events of old have none and are late. */
  timing: Timing.optional(),
  /** It counts against the person's allowance; absent where it does not, and in events of old. */
  allowance: z.literal(true).optional(),
  /** Where no device told of it: an officer wrote it on a form, which was keyed in. */
  paper: OnPaper.optional(),
});

/**
 * A person decided where somebody is whose passage was unknown, or freed an anti-passback. The
 * crossing is the passage that nobody saw: being at one end of its lane says how it ended.
 */
const PresenceSet = z.object({
  person: PersonId,
  place: Place,
  crossing: CrossingId.nullable(),
  reason: TextId,
});

/**
 * A person said how a passage ended that nobody saw, where no place of anybody hangs on it: of
 * somebody without a name, or who was seen elsewhere since.
 */
const PassageAnswered = z.object({
  ...movement,
  /** When the badge was read, ms. */
  askedMs: z.number().int(),
  passage: CorrectedPassage,
  reason: TextId,
});

const ExceptionResolved = z.object({
  exception: ExceptionId,
  crossing: CrossingId,
  outcome: z.enum(['admit', 'refuse', 'lapsed']),
  reason: TextId.nullable(),
  waitedMs: z.number().int(),
});

/** A way out on an expired permit: admitted, and kept as an overstay. */
const OverstayNoted = z.object({ crossing: CrossingId, person: PersonId, area: AreaId });

export const crossingEvents = {
  'crossing.asked': Asked,
  'crossing.admitted': Admitted,
  'crossing.refused': Refused,
  'crossing.referred': Referred,
  'crossing.opened': Opened,
  'crossing.passed': Passed,
  'crossing.not-taken': NotTaken,
  'crossing.unknown': Unknown,
  'crossing.recorded': Recorded,
  'crossing.overstay': OverstayNoted,
  'presence.set': PresenceSet,
  'passage.answered': PassageAnswered,
  'exception.resolved': ExceptionResolved,
} as const;
