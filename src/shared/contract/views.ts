import { z } from 'zod';
import { CrossingState, Timing, Verdict } from '../domain/crossing.ts';
import { CommandStage, DoorMode, GateAction } from '../domain/gate.ts';
import {
  AreaId,
  BoardId,
  CheckpointId,
  CommandId,
  CrossingId,
  ExceptionId,
  IncidentId,
  LaneId,
  MusterId,
  PermitId,
  PersonId,
  ReaderId,
} from '../domain/ids.ts';
import { IncidentState, IncidentType, Priority } from '../domain/incident.ts';
import { Direction, Line, PersonClass } from '../domain/line.ts';
import { Place } from '../domain/place.ts';
import { usbDrivers } from '../domain/site-reader.ts';
import { Reason } from '../regime/requirement.ts';
import { LockdownNow } from './lockdown-view.ts';
import { view } from './row.ts';

const everyone = ['operator', 'supervisor', 'inspector', 'administrator'] as const;
const nothing = z.object({});
const ms = z.number().int();

/** One lane, live. `heardAgoMs`: real ms since its board last answered, null = never. */
const LaneNow = z.object({
  lane: LaneId,
  checkpoint: CheckpointId,
  /** The one in force: another than the site file's where the lane is turned. */
  direction: Direction,
  mode: DoorMode.nullable(),
  door: z.enum(['open', 'closed', 'forced', 'unknown']),
  heardAgoMs: ms.nullable(),
  /** False where the driver cannot reach the board now. */
  online: z.boolean(),
  fire: z.boolean(),
  /** The crossing under way, if any. */
  crossing: z.object({ id: CrossingId, state: CrossingState, class: PersonClass }).nullable(),
  /** The last gate command asked for by a person, until another one comes. */
  command: z
    .object({
      id: CommandId,
      action: GateAction,
      stage: CommandStage,
      atMs: ms,
      text: z.string().nullable(),
    })
    .nullable(),
  /** Persons who passed in the last 60 seconds of the zone. */
  perMinute: z.number().int(),
  today: z.number().int(),
  openIncidents: z.number().int(),
  /** Referred persons who wait here for a decision. */
  openExceptions: z.number().int(),
  highestIncident: Priority.nullable(),
  /** As the queue shows it: that somebody is watched for only supervisors see. */
  highestException: Priority.nullable(),
  /** The more urgent of both. */
  highestPriority: Priority.nullable(),
});
export type LaneNow = z.infer<typeof LaneNow>;

const AreaNow = z.object({
  area: AreaId,
  inside: z.number().int(),
  reserved: z.number().int(),
  unknown: z.number().int(),
  soft: z.number().int(),
  hard: z.number().int(),
});
export type AreaNow = z.infer<typeof AreaNow>;

/** Persons passed in one minute by line and direction; key `line/direction/minuteMs`. */
const FlowMinute = z.object({
  line: Line,
  direction: Direction,
  minuteMs: ms,
  passed: z.number().int(),
});
export type FlowMinute = z.infer<typeof FlowMinute>;

const TickerRow = z.object({
  crossing: CrossingId,
  atMs: ms,
  lane: LaneId,
  checkpoint: CheckpointId,
  line: Line,
  direction: Direction,
  class: PersonClass,
  permit: PermitId.nullable(),
  verdict: Verdict.nullable(),
  state: CrossingState,
  timing: Timing,
  reasons: z.array(Reason),
});
export type TickerRow = z.infer<typeof TickerRow>;

const QueueException = z.object({
  type: z.literal('exception'),
  id: ExceptionId,
  crossing: CrossingId,
  priority: Priority,
  openedMs: ms,
  /** When the badge was read, as every list of crossings has it. */
  atMs: ms,
  lane: LaneId,
  checkpoint: CheckpointId,
  line: Line,
  direction: Direction,
  person: PersonId.nullable(),
  permit: PermitId.nullable(),
  class: PersonClass,
  place: Place.nullable(),
  /** Null for who may not read why: the rule's words would tell. */
  rule: z.string().nullable(),
  regimeVersion: z.number().int(),
  reasons: z.array(Reason),
});
const QueueIncident = z.object({
  type: z.literal('incident'),
  id: IncidentId,
  incident: IncidentType,
  state: IncidentState,
  priority: Priority,
  openedMs: ms,
  lane: LaneId.nullable(),
  checkpoint: CheckpointId.nullable(),
  board: BoardId.nullable(),
  crossing: CrossingId.nullable(),
  timing: Timing,
  count: z.number().int(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
/** What waits for a human: open exceptions and incidents not yet resolved. */
export const QueueRow = z.discriminatedUnion('type', [QueueException, QueueIncident]);
export type QueueRow = z.infer<typeof QueueRow>;

const DeviceNow = z.object({
  device: z.string(),
  /**
   * `unlisted`: a board that answers on the network and that the site file does not name;
   * `attached`: a reader on this machine that it does not name; `usb`: what is attached to this
   * machine cannot be told, and why.
   */
  type: z.enum(['board', 'reader', 'unlisted', 'attached', 'usb']),
  online: z.boolean(),
  heardAgoMs: ms.nullable(),
  version: z.string().nullable(),
  /** The board's clock minus the zone's, as last seen, whole seconds in real ms. */
  driftMs: ms.nullable(),
  /** When the clock was last set, and by how much; null where it never had to be. */
  corrected: z.object({ atMs: ms, byMs: ms }).nullable(),
  lastIndex: z.number().int(),
  missing: z.number().int(),
  /** Records lost in all. */
  lost: z.number().int(),
  /** An incident of a loss is not resolved yet. */
  lostOpen: z.boolean(),
  garbage: z.number().int(),
  strangers: z.number().int(),
  /**
   * Boards only: questions of the last ten minutes, those that got no answer in time, and how long
   * the last answers took, real ms (null where nothing answers). At most ten seconds old.
   */
  trips: z
    .object({
      asked: z.number().int(),
      lost: z.number().int(),
      p50Ms: z.number().nullable(),
      p99Ms: z.number().nullable(),
    })
    .nullable(),
  storedCards: z.number().int().nullable(),
  /** When the list of cards that the board holds was made; null where that is not known. */
  cardsMadeMs: ms.nullable(),
  /** For how long a newer list is not on the board yet, whole seconds in real ms; null in step. */
  cardsBehindMs: ms.nullable(),
  lastReadMs: ms.nullable(),
  lanes: z.array(LaneId),
  /** What a reader that the site file does not name is, by its descriptor and its numbers. */
  attached: z
    .object({
      driver: z.enum(usbDrivers),
      vendor: z.string(),
      product: z.string(),
      serial: z.string(),
      path: z.string(),
    })
    .nullable(),
  text: z.string().nullable(),
});
export type DeviceNow = z.infer<typeof DeviceNow>;

/** One row, key `now`: what the top bar needs. */
const StatusNow = z.object({
  nowMs: ms,
  day: z.string(),
  speed: z.number(),
  /** Training only: the calendar's speed from now on (0 = paused), asked for, and achieved. */
  pace: z.object({ now: z.number(), asked: z.number(), achieved: z.number() }).nullable(),
  training: z.boolean(),
  mode: z.enum(['normal', 'journal-failing', 'safe-mode']),
  headSeq: z.number().int(),
  centre: z.object({
    state: z.enum(['none', 'in-step', 'behind', 'lost', 'fork', 'refused']),
    ackedSeq: z.number().int(),
    waiting: z.number().int(),
    oldestUnackedMs: ms.nullable(),
    lastAnswerAgoMs: ms.nullable(),
    text: z.string().nullable(),
  }),
  waiting: z.object({
    p1: z.number().int(),
    p2: z.number().int(),
    p3: z.number().int(),
    p4: z.number().int(),
  }),
});
export type StatusNow = z.infer<typeof StatusNow>;

/** A read at a desk reader: the screen then asks `person.find` for who it is. Last read only. */
const DeskReadRow = z.object({
  reader: z.string(),
  atMs: ms,
  credential: z.string(),
  permit: PermitId.nullable(),
  /** A permit's code was shown: what is wrong with it, if anything. Null where it was a badge. */
  code: z.object({ wrong: Reason.nullable() }).nullable(),
});
export type DeskReadRow = z.infer<typeof DeskReadRow>;

/** One row, key `now`: the newest muster, under way (`endedMs` null) or over. */
const MusterNow = z.object({
  muster: MusterId,
  area: AreaId.nullable(),
  why: z.enum(['ordered', 'evacuation']),
  begunMs: ms,
  begunBy: z.string().nullable(),
  endedMs: ms.nullable(),
  endedBy: z.string().nullable(),
  /** Whom the ledger had inside when it began; `missing` of them are not marked. */
  listed: z.number().int(),
  marked: z.number().int(),
  missing: z.number().int(),
  /** Marked, and not on the list. */
  unlisted: z.number().int(),
  /** Inside by the ledger when it began, and named by nobody. */
  anonymous: z.number().int(),
});
export type MusterNow = z.infer<typeof MusterNow>;

/**
 * Somebody of the newest muster, key the person: the first thousand who are missing, and the last
 * hundred who were marked.
 */
const MusterPersonNow = z.object({
  person: PersonId,
  listed: z.boolean(),
  /** Where the ledger had them when it began, and where it has them now. */
  place: Place.nullable(),
  now: Place.nullable(),
  /** Null while missing. */
  markedMs: ms.nullable(),
  reader: ReaderId.nullable(),
  /** Who marked them by hand. */
  markedBy: z.string().nullable(),
});
export type MusterPersonNow = z.infer<typeof MusterPersonNow>;

/** One row, key `now`: a badge was read at the desk within the last minute. Never which. */
const BadgeReadRow = z.object({ reader: z.string(), atMs: ms });
export type BadgeReadRow = z.infer<typeof BadgeReadRow>;

export const views = {
  status: view({ roles: everyone, input: nothing, row: StatusNow }),
  lanes: view({ roles: everyone, input: nothing, row: LaneNow }),
  areas: view({ roles: everyone, input: nothing, row: AreaNow }),
  flow: view({ roles: everyone, input: nothing, row: FlowMinute }),
  ticker: view({ roles: everyone, input: nothing, row: TickerRow }),
  /** Watch-list reasons are shown to supervisors only: others get `needs-supervisor` instead. */
  queue: view({ roles: ['operator', 'supervisor'], input: nothing, row: QueueRow }),
  devices: view({ roles: everyone, input: nothing, row: DeviceNow }),
  lockdown: view({ roles: everyone, input: nothing, row: LockdownNow }),
  muster: view({ roles: ['operator', 'supervisor'], input: nothing, row: MusterNow }),
  'muster-people': view({
    roles: ['operator', 'supervisor'],
    input: nothing,
    row: MusterPersonNow,
  }),
  /** For the sign-in page, so for anyone. */
  'badge-read': view({ roles: 'anyone', input: nothing, row: BadgeReadRow }),
  'desk-reads': view({ roles: ['operator', 'supervisor'], input: nothing, row: DeskReadRow }),
} as const;

export type ViewName = keyof typeof views;
export type ViewInput<N extends ViewName> = z.infer<(typeof views)[N]['input']>;
export type ViewData<N extends ViewName> = z.infer<(typeof views)[N]['row']>;
