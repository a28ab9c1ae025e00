import { z } from 'zod';
import { Credential } from '../domain/credential.ts';
import { Timing } from '../domain/crossing.ts';
import { GateAction } from '../domain/gate.ts';
import {
  AreaId,
  BoardId,
  CheckpointId,
  CrossingId,
  IncidentId,
  LaneId,
  PermitId,
  PersonId,
  TextId,
  UserId,
} from '../domain/ids.ts';
import { IncidentType, Priority } from '../domain/incident.ts';
import { DatasetName } from '../domain/permit.ts';
import { KeyId } from '../domain/qr-permit.ts';

const Raised = z.object({
  incident: IncidentId,
  type: IncidentType,
  priority: Priority,
  checkpoint: CheckpointId.nullable(),
  lane: LaneId.nullable(),
  board: BoardId.nullable(),
  crossing: CrossingId.nullable(),
  /** Late incidents are silent: they sound nothing. */
  timing: Timing,
  note: TextId.nullable(),
  /** Values for the words of the incident's type. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
const IncidentMoved = z.object({ incident: IncidentId, reason: TextId.nullable() });
/** The same thing again while the incident is open: counted, not raised anew. */
const Repeated = z.object({ incident: IncidentId, timing: Timing });

const Started = z.object({
  version: z.string(),
  site: z.string(),
  siteVersion: z.number().int(),
  regime: z.string(),
  regimeVersion: z.number().int(),
  schema: z.number().int(),
  training: z.boolean(),
});
const Stopped = z.object({ why: z.string().max(120) });
const ClockStepped = z.object({ fromMs: z.number().int(), toMs: z.number().int() });
const Overflowed = z.object({ lane: z.string(), dropped: z.number().int() });

/** The journal's write-ahead log stays long: it cannot be begun anew. */
const LogLong = z.object({ pages: z.number().int(), megabytes: z.number().int() });

/** The last event of a segment: the journal goes on in the next file. */
const SegmentSealed = z.object({
  ordinal: z.number().int().min(1),
  firstSeq: z.number().int().min(1),
  /** How many it holds, this one among them. */
  events: z.number().int().min(1),
  why: z.enum(['month', 'size']),
});

/**
 * The first event of a later epoch: the journal was restored from an older copy, and goes on from
 * the event named. What it had after that is lost here; the centre may hold it.
 */
const EpochOpened = z.object({
  parentEpoch: z.number().int().min(1),
  parentSeq: z.number().int().min(0),
  parentHash: z.string().length(64),
  /** Null where nobody knows how far it had come. */
  lost: z.object({ fromSeq: z.number().int(), toSeq: z.number().int() }).nullable(),
  reason: TextId,
  /** A user's id; in events of old whatever was typed. */
  by: z.string().min(1).max(64),
});

/** The disk that the journal lies on has less room than a person is told of. */
const SpaceLow = z.object({
  level: z.enum(['low', 'very-low']),
  percent: z.number().int(),
  freeMegabytes: z.number().int(),
  totalMegabytes: z.number().int(),
});
/** The disk was full; the file that kept room for this was deleted. */
const BallastFreed = z.object({ megabytes: z.number().int() });

/** The journal could not be written for a while: what the gates were told meanwhile. */
const EmergencyEnded = z.object({
  fromMs: z.number().int(),
  toMs: z.number().int(),
  shut: z.number().int(),
  freed: z.number().int(),
  why: z.string().max(300),
  /** What became of each lane's order; absent in journals from before it was kept. */
  lanes: z
    .array(
      z.object({
        lane: LaneId,
        order: GateAction,
        /** `unknown` where it was given before a crash; `not-reached`: the board was silent. */
        outcome: z.enum(['confirmed', 'failed', 'not-reached', 'under-way', 'unknown']),
      }),
    )
    .max(300)
    .default([]),
});
/** After an emergency a gate did not go back to the mode it had been in. */
const EmergencyNotBack = z.object({
  lane: LaneId,
  board: BoardId,
  action: GateAction,
  text: z.string().max(300).nullable(),
});

/** People are let out: of an area, or of the whole zone. */
const EvacuationOrdered = z.object({
  area: AreaId.nullable(),
  lanes: z.number().int(),
  reason: TextId,
});

const DatasetInForce = z.object({
  dataset: DatasetName,
  version: z.number().int().min(1),
  rows: z.number().int(),
  changed: z.number().int(),
  refused: z.number().int(),
  hash: z.string(),
  /** What a person decided who loaded it; absent where a file of the site says it. */
  took: z.enum(['all', 'good-rows']).optional(),
  /** Why its bad rows were left out. */
  reason: TextId.optional(),
  /** Who took it by a command, where no console worked on the folder. */
  by: z.string().min(1).max(64).optional(),
});
const RegimeInForce = z.object({
  regime: z.string(),
  version: z.number().int(),
  hash: z.string(),
});
const SiteInForce = z.object({ site: z.string(), version: z.number().int(), hash: z.string() });

/** Local changes: the more restrictive wins until a dataset takes them up. */
const PermitOverlay = z.object({ permit: PermitId, reason: TextId });

const SignedIn = z.object({
  user: UserId,
  role: z.string(),
  workstation: z.string(),
  /** Absent where it was by name and secret. */
  by: z.literal('badge').optional(),
});
const SignInRefused = z.object({
  /** Empty where nobody is called so. */
  name: z.string().max(64),
  why: z.enum(['unknown', 'wrong-secret', 'locked-out', 'disabled']),
  workstation: z.string(),
});
const UserChanged = z.object({ user: UserId, role: z.string(), change: z.string().max(40) });

/** Until a dataset names another badge for it, a permit's is this one. */
const BadgeReplaced = z.object({
  permit: PermitId,
  credential: Credential,
  /** What the dataset has it as; its holder's no more. */
  was: Credential,
  reason: TextId,
});

/** A permit's code was signed and handed out. */
const CodePrinted = z.object({
  permit: PermitId,
  token: z.string().length(32),
  key: KeyId,
  validToMs: z.number().int(),
  purpose: z.string().max(120),
});

/** Personal data was shown: to whom, for what, by which settled query. */
const Disclosed = z.object({
  query: z.string().max(64),
  purpose: z.string().max(120),
  settled: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  rows: z.number().int(),
});
const Exported = z.object({
  report: z.string().max(64),
  day: z.string().max(10),
  format: z.string().max(10),
  bytes: z.number().int(),
  sha256: z.string().length(64),
});
/** A typed text went to the erasable table: its id, length and salted hash stand here. */
const TextKept = z.object({
  text: TextId,
  length: z.number().int(),
  saltedHash: z.string().length(64),
});

const CentreState = z.object({
  state: z.enum(['connected', 'lost', 'fork', 'refused', 'behind']),
  code: z.string().max(40).nullable(),
  text: z.string().max(300).nullable(),
  ackedSeq: z.number().int(),
});
const DeskRead = z.object({ reader: z.string(), person: PersonId.nullable() });

export const consoleEvents = {
  'incident.raised': Raised,
  'incident.repeated': Repeated,
  'incident.acknowledged': IncidentMoved,
  'incident.resolved': IncidentMoved,
  'engine.started': Started,
  'engine.stopped': Stopped,
  'clock.stepped': ClockStepped,
  'intake.overflowed': Overflowed,
  'journal.log-long': LogLong,
  'segment.sealed': SegmentSealed,
  'epoch.opened': EpochOpened,
  'disk.space-low': SpaceLow,
  'disk.ballast-freed': BallastFreed,
  'emergency.ended': EmergencyEnded,
  'evacuation.ordered': EvacuationOrdered,
  'emergency.not-back': EmergencyNotBack,
  'dataset.in-force': DatasetInForce,
  'regime.in-force': RegimeInForce,
  'site.in-force': SiteInForce,
  'permit.suspended': PermitOverlay,
  'permit.reinstated': PermitOverlay,
  'access.signed-in': SignedIn,
  'access.signed-out': SignedIn,
  'access.refused': SignInRefused,
  'access.user-changed': UserChanged,
  'badge.replaced': BadgeReplaced,
  'permit.code-printed': CodePrinted,
  'disclosure.made': Disclosed,
  'report.exported': Exported,
  'text.kept': TextKept,
  'centre.state': CentreState,
  'desk.read': DeskRead,
} as const;
