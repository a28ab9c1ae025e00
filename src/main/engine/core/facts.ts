import type { Credential } from '../../../shared/domain/credential.ts';
import type { CrossingState, Timing } from '../../../shared/domain/crossing.ts';
import type { DayReturnOutcome } from '../../../shared/domain/day-return.ts';
import type { CommandStage, DoorMode, GateAction } from '../../../shared/domain/gate.ts';
import type {
  AreaId,
  BoardId,
  CommandId,
  CrossingId,
  ExceptionId,
  IncidentId,
  LaneId,
  MusterId,
  PermitId,
  PersonId,
} from '../../../shared/domain/ids.ts';
import type { IncidentState, IncidentType } from '../../../shared/domain/incident.ts';
import type { PersonClass } from '../../../shared/domain/line.ts';
import type { PaperState } from '../../../shared/domain/paper-form.ts';
import type { PermitStatus } from '../../../shared/domain/permit.ts';
import type { Place } from '../../../shared/domain/place.ts';
import type { SiteCheckpoint, SiteLane } from '../../../shared/domain/site.ts';
import type { PersonFacts } from '../../../shared/regime/person-facts.ts';
import type { Regime } from '../../../shared/regime/regime-file.ts';
import type { Reason } from '../../../shared/regime/requirement.ts';
import type { CargoAgain, CargoRead, GoodsDue, GoodsRequestFacts } from './goods-facts.ts';
import type { HeldThen, OpenGateThen } from './held-facts.ts';
import type { LockdownFacts } from './lockdown-facts.ts';
import type { AreaCountFacts, CorrectionFacts, JointFacts, VisitorAlone } from './people-facts.ts';
import type { DraftNow, RegimeNow } from './regime-facts.ts';
import type { FilingDue, VirtualFacts } from './virtual-facts.ts';

export interface LaneFacts {
  /** With the direction in force. */
  readonly lane: SiteLane;
  /** It leads against the direction of the site file. */
  readonly isTurned?: boolean | undefined;
  readonly checkpoint: SiteCheckpoint;
}

/** Where a board's event index stands: a repeat, the next one, a missing one, or a jump. */
export interface IndexFacts {
  readonly last: number;
  readonly missing: boolean;
}

export interface OpenIncident {
  readonly incident: IncidentId;
  readonly type: IncidentType;
  readonly timing: Timing;
}

/** A crossing under way (or just ended), as the rules need it. */
export interface CrossingNow {
  readonly crossing: CrossingId;
  readonly state: CrossingState;
  readonly lane: LaneFacts;
  readonly from: Place;
  readonly to: Place;
  readonly person: PersonId | null;
  /** Where the ledger has the person now; null = never seen, or nobody known. */
  readonly place: Place | null;
  readonly class: PersonClass;
  readonly command: CommandNow | null;
  /** Leaves that moved and may have been this crossing's or another's. */
  readonly sharedLeaves: number;
  /** When it was read first, ms, where both sides inspect it together. */
  readonly jointReadMs?: number | null | undefined;
  /** Goods of which more leave than there are: `enterprise hs-code unit` of each. */
  readonly goodsShort?: readonly string[] | undefined;
  /** Followed things that the ledger has where they cannot cross: `consignment item step`. */
  readonly itemsOdd?: readonly string[] | undefined;
}

/** A crossing whose deadline has passed. */
export interface DueCrossing extends CrossingNow {
  /**
   * True where everything that its board has seen since the gate opened is in the journal: only
   * then does no word of a passage mean that nobody passed.
   */
  readonly heard: boolean;
}

/** A passage of which nobody knows how it ended, and nobody said so yet. */
export interface UnknownPassage extends LeftCrossing, Pick<CrossingNow, 'goodsShort' | 'itemsOdd'> {
  /** When the badge was read, ms. */
  readonly askedMs: number;
  /** The ledger lost its person by it, and has not found them since. */
  readonly isDoubt: boolean;
}

/** A crossing whose passage nobody has seen: under way, or unknown until a person decides. */
export interface UnseenPassage {
  readonly crossing: CrossingNow;
  /** By the board's own clock where its badge read was admitted at once, ms. */
  readonly admittedMs: number;
  readonly openedMs: number | null;
  /** When the person's last known event happened, ms; null = never seen, or nobody known. */
  readonly lastHappenedMs: number | null;
}

export interface CommandNow {
  readonly command: CommandId;
  readonly lane: LaneFacts;
  readonly action: GateAction;
  readonly stage: CommandStage;
  readonly crossing: CrossingId | null;
}

export interface ReliedOn {
  readonly permitStatus: PermitStatus | null;
  readonly datasets: Readonly<Record<string, number>>;
}

export interface SwipeFacts {
  readonly at: LaneFacts | null;
  /** Null for a read by the console's own reader. */
  readonly index: IndexFacts | null;
  readonly crossing: PersonFacts | null;
  readonly permit: PermitId | null;
  readonly relied: ReliedOn;
  /** When the person's last known event happened, ms; null = never seen. */
  readonly lastHappenedMs: number | null;
  /** The same person's exception that still waits; of an unknown badge, that at this lane. */
  readonly openException: OpenException | null;
  readonly regime: Regime;
  readonly openIncidents: readonly OpenIncident[];
  /** At a lane for vehicles only. */
  readonly cargo?: CargoRead | null | undefined;
}

export interface OpenException {
  readonly exception: ExceptionId;
  readonly crossing: CrossingId;
  readonly lane: LaneFacts;
  readonly person: PersonId | null;
  readonly permit: PermitId | null;
  readonly class: PersonClass;
  readonly place: Place | null;
  readonly from: Place;
  readonly to: Place;
  readonly rule: string;
  readonly regime: string;
  readonly regimeVersion: number;
  readonly reasons: readonly Reason[];
  readonly openedMs: number;
  /** Real ms it has waited. */
  readonly waitedMs: number;
}

export interface BoardEventFacts {
  readonly at: LaneFacts | null;
  readonly index: IndexFacts;
  /** The oldest crossing admitted or opened at this lane. */
  readonly crossing: CrossingNow | null;
  /**
   * For an opening door: everybody whose gate may have stood open then, the newest first. Where
   * they are several, nobody can tell whose passage it was.
   */
  readonly candidates: readonly CrossingNow[];
  /** For an opening door: the crossing admitted last before it whose passage nobody has seen. */
  readonly unseen: UnseenPassage | null;
  /** The lane's gate is held open: whoever comes can go through unasked. */
  readonly isHeld: boolean;
  /** For an opening door: how its gate stood open at the moment the board tells; else null. */
  readonly heldThen: HeldThen | null;
  /** At a gate that stood open: crossings off forms that may be the passage told of. */
  readonly forms: readonly CrossingId[];
  readonly openIncidents: readonly OpenIncident[];
}

export interface ProgressFacts {
  readonly command: CommandNow | null;
  readonly crossing: CrossingNow | null;
  /** The lane's gate is held open: whoever comes can go through without a command. */
  readonly isHeld: boolean;
  readonly openIncidents: readonly OpenIncident[];
}

export interface BoardReportFacts {
  /** Whether the board's fire input was on as last heard. */
  readonly fire: boolean;
  readonly lanes: readonly LaneFacts[];
  readonly board: BoardId;
  readonly openIncidents: readonly OpenIncident[];
  /** A lockdown shuts the lane. */
  isShut(lane: LaneId): boolean;
  /** The newest order to its gate was to stand open. */
  isOrderedOpen(lane: LaneId): boolean;
}

/** Who has to be back and is not: late, or expected by a moment that is near. */
export interface DayReturnDue {
  readonly overdue: readonly {
    readonly crossing: CrossingId;
    readonly person: PersonId;
    readonly dueMs: number;
  }[];
  readonly soon: { readonly dueMs: number; readonly persons: number } | null;
}

/** One obligation to be back, as the ledger has it. */
export interface DayReturnNow {
  readonly crossing: CrossingId;
  readonly person: PersonId;
  readonly back: Place;
  readonly isOpen: boolean;
  /** Late, or nobody knows whether the person went. */
  readonly isUnknown: boolean;
  readonly outcome: DayReturnOutcome | null;
}

export interface DueFacts {
  readonly dayReturn?: DayReturnDue | undefined;
  readonly crossings: readonly DueCrossing[];
  readonly exceptions: readonly OpenException[];
  readonly goods?: readonly GoodsDue[] | undefined;
  readonly alone?: readonly VisitorAlone[] | undefined;
  readonly filings?: readonly FilingDue[] | undefined;
}

/** A gate command that an earlier boot left; its lane may be gone from the site file since. */
export interface LeftCommand {
  readonly command: CommandId;
  readonly lane: LaneId;
  readonly at: LaneFacts | null;
  readonly board: BoardId;
  readonly action: GateAction;
  readonly crossing: CrossingId | null;
}

/** A crossing that an earlier boot left under way; its lane may be gone likewise. */
export interface LeftCrossing {
  readonly crossing: CrossingId;
  readonly lane: LaneId;
  readonly at: LaneFacts | null;
  readonly person: PersonId | null;
  readonly from: Place;
  readonly to: Place;
}

/** A referred person whose lane the site file no longer has: nobody can be let through there. */
export type LeftException = Pick<OpenException, 'exception' | 'crossing' | 'waitedMs'>;

export interface StartedFacts {
  readonly exceptions: readonly LeftException[];
  readonly commands: readonly LeftCommand[];
  readonly crossings: readonly LeftCrossing[];
  /** Open incidents by lane, so that a repeat is counted and not raised anew. */
  readonly openIncidents: ReadonlyMap<LaneId, readonly OpenIncident[]>;
}

/** A lane that a noted fact speaks of, with what is open there. */
export interface NotedLane {
  readonly at: LaneFacts;
  readonly openIncidents: readonly OpenIncident[];
}

export interface NotedFacts {
  /** What is open at no board and no lane: the console's own troubles. */
  readonly openIncidents: readonly OpenIncident[];
  lane(id: LaneId): NotedLane | null;
}

/** The referred crossing looked at again, at the moment a person decides on it. */
export interface CrossingAgain {
  readonly crossing: PersonFacts;
  readonly regime: Regime;
  readonly relied: ReliedOn;
  /** Of a vehicle: with its driver and what it carries. */
  readonly cargo?: CargoAgain | null | undefined;
}

/** What is known of a paper form, and of the crossing that is keyed in from it. */
export interface PaperFacts {
  /** The highest number of the series; 0 for none. */
  readonly last: number;
  readonly isCheckpoint: boolean;
  readonly form: {
    readonly state: PaperState;
    readonly crossing: string | null;
    readonly handedMs: number;
    readonly handedBy: string | null;
  } | null;
  readonly at: LaneFacts | null;
  /** Of the permit, as the dataset has it. */
  readonly credential: Credential | null;
  /** As of the moment when it happened; null where there is no such permit. */
  readonly swipe: SwipeFacts | null;
  readonly openGate: OpenGateThen;
}

/** What stands against erasing a person. */
export interface ErasureFacts {
  readonly place: Place | null;
  /** True between an admission and its passage, and where a passage is unknown. */
  readonly underWay: boolean;
  readonly openException: boolean;
  readonly permitInForce: boolean;
  readonly watched: boolean;
}

export interface BadgeFacts {
  readonly inDataset: Credential;
  readonly now: Credential;
  /** The permit that already has the badge that is to be given. */
  readonly takenBy: PermitId | null;
}

/** The muster under way. `missing`: on the list and not marked yet. */
export interface MusterNow {
  readonly muster: MusterId;
  readonly marked: number;
  readonly missing: number;
  readonly unlisted: number;
}

/** What a badge read at a muster point finds; no muster where none is under way. */
export interface MusterRead {
  readonly muster: MusterId | null;
  readonly listed: boolean;
  readonly marked: boolean;
}

export interface MusterFacts {
  readonly now: MusterNow | null;
  /** Whom the ledger has in the area, or in the zone, now: by name, and without. */
  readonly inside: number;
  readonly anonymous: number;
  /** The person's line on the list under way; null where there is none. */
  readonly mark: { readonly marked: boolean } | null;
}

/** What a person's command acts on; null where the id names nothing (any more). */
export interface RequestFacts {
  readonly at: LaneFacts | null;
  /** For a gate command only: the lane's mode as its board shows it, and by whose order. */
  readonly mode: { readonly now: DoorMode | null; readonly orderedBy: string | null } | null;
  /** For a gate command only: a lockdown shuts the lane, or forbids that it be turned. */
  readonly shut?: boolean | undefined;
  /** For a lockdown only. */
  readonly lockdown?: LockdownFacts | undefined;
  /** For a virtual area and its filings only. */
  readonly virtual?: VirtualFacts | undefined;
  /** For a gate command only: another lane of its interlock is open. */
  readonly interlocked?: boolean | undefined;
  readonly exception: OpenException | null;
  /** For an admission only. */
  readonly again: CrossingAgain | null;
  readonly incident: { readonly incident: IncidentId; readonly state: IncidentState } | null;
  readonly permit: { readonly permit: PermitId; readonly suspendedHere: boolean } | null;
  /** For a decision on a day return only. */
  readonly dayReturn?: DayReturnNow | null | undefined;
  /** For an admission, and for a side's result of a joint inspection. */
  readonly joint?: JointFacts | undefined;
  /** For corrections only. */
  readonly correction?: CorrectionFacts | undefined;
  /** For a head count only; null where there is no such area. */
  readonly count?: AreaCountFacts | null | undefined;
  /** For a suspension only: whether it is in force; null where nobody knows whose it is. */
  readonly suspended?: boolean | null | undefined;
  /** For a replaced badge only: what the permit has, and who has the new one. */
  readonly badge: BadgeFacts | null;
  readonly person: {
    readonly person: PersonId;
    readonly place: Place | null;
    /** True where the ledger lost the person: a passage whose end nobody saw. */
    readonly unknown: boolean;
  } | null;
  /** The passage by which the ledger lost the person; or the one whose end is told. */
  readonly unknownPassage?: UnknownPassage | null | undefined;
  /** For a loss only: what a board owes, the oldest first; null where there is no such board. */
  readonly owed: readonly { readonly from: number; readonly to: number }[] | null;
  /** For a change of the regime only; no draft where there is none of this id. */
  readonly regime?: { readonly now: RegimeNow; readonly draft: DraftNow | null } | undefined;
  /** For an erasure only; null where the console holds nothing of the person. */
  readonly erasure: ErasureFacts | null;
  /** For a muster and an evacuation only. */
  readonly muster: MusterFacts | null;
  /** For an evacuation and a lockdown only: every lane of the site. */
  readonly lanes: readonly LaneFacts[];
  /** For commands on goods and vehicles only. */
  readonly goods?: GoodsRequestFacts | undefined;
  readonly places: readonly Place[];
  readonly areas: readonly AreaId[];
}
