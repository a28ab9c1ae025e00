import type { CommandInput } from '../../../../shared/contract/commands.ts';
import type { BoardEvent, SwipeEvent } from '../../../../shared/domain/device-report.ts';
import type { Permit } from '../../../../shared/domain/permit.ts';
import type { ShownCode } from '../../../../shared/domain/qr-permit.ts';
import { codeFault } from '../../../../shared/regime/code-valid.ts';
import type { Reason } from '../../../../shared/regime/requirement.ts';
import type { ReaderPlace } from '../../core/decide.ts';
import type { Moment } from '../../core/event-list.ts';
import type {
  BadgeFacts,
  BoardEventFacts,
  BoardReportFacts,
  CrossingAgain,
  DueFacts,
  ErasureFacts,
  LaneFacts,
  MusterRead,
  NotedFacts,
  OpenException,
  ProgressFacts,
  RegimeNow,
  RequestFacts,
  StartedFacts,
  SwipeFacts,
  UnseenPassage,
} from '../../core/facts.ts';
import type { RequestInput } from '../../core/input.ts';
import { EXCEPTION_LAPSES_MS } from '../../core/timing.ts';
import type { ReferenceLookup } from '../../reference/lookup.ts';
import type { ReadableDb } from '../../store/database.ts';
import { Asking, codeFacts } from './asking.ts';
import { BadgeLookup } from './badge-lookup.ts';
import { type LedgerReads, ledgerReads } from './ledger.ts';
import { musterReads } from './muster-reads.ts';
import { regimeReads } from './regime-reads.ts';
import type { RegimeSource } from './regimes.ts';
import type { SiteIndex } from './site-index.ts';
import { type LiveBoard, toldDue } from './told-due.ts';
import { UnderWay } from './under-way.ts';

export interface GatherDeps {
  readonly db: ReadableDb;
  readonly reference: ReferenceLookup;
  readonly site: SiteIndex;
  readonly regimes: RegimeSource;
  readonly boot: string;
  /**
   * A board as its driver knows it now: when it last answered, until when one that remembers
   * nothing was last not looked at. Left out where no driver runs.
   */
  readonly board?: ((board: string) => LiveBoard | null) | undefined;
}

/** Gaps that one command declares lost: each is an event of the journal. */
const OWED_AT_ONCE = 256;

/** Gathers what a rule must know, before it decides; every read is of the current transaction. */
export class Gatherer {
  readonly #deps: GatherDeps;
  readonly ledger: LedgerReads;
  readonly underWay: UnderWay;
  readonly badges: BadgeLookup;
  readonly asking: Asking;
  readonly muster: ReturnType<typeof musterReads>;
  readonly changes: ReturnType<typeof regimeReads>;

  constructor(deps: GatherDeps) {
    this.#deps = deps;
    this.ledger = ledgerReads(deps.db);
    this.muster = musterReads(deps.db);
    this.changes = regimeReads(deps.db);
    this.badges = new BadgeLookup(deps.reference, this.ledger);
    this.asking = new Asking(deps, this.ledger);
    this.underWay = new UnderWay(deps.db, deps.site, deps.regimes.id, deps.boot);
  }

  /** Runs a batch over reference data that stands still meanwhile. */
  steadily<T>(body: () => T): T {
    return this.#deps.reference.steadily(body);
  }

  swipe(swipe: SwipeEvent, moment: Moment): SwipeFacts {
    const at = this.#laneOf(swipe);
    const inForce = this.ledger.inForce();
    const believed = swipe.code === undefined || swipe.code.proof === 'proven';
    const permit = believed ? this.badges.permitOf(swipe.credential, inForce) : null;
    const person = permit?.person ?? null;
    const presence = person === null ? null : this.ledger.presence(person);
    return {
      at,
      index: swipe.reader === undefined ? this.ledger.index(swipe.board, swipe.index) : null,
      crossing: at === null ? null : this.asking.asked(at, permit, inForce, swipe, moment),
      permit: permit?.permit ?? null,
      relied: { permitStatus: permit?.status ?? null, datasets: { ...inForce } },
      lastHappenedMs: presence?.happened_ms ?? null,
      openException: this.#openException(person, at, swipe, moment),
      regime: this.#deps.regimes.at(moment.wallMs),
      openIncidents: [],
    };
  }

  /** What a board kept was read before: then the reader tells which way the lane led. */
  #laneOf({ board, delivery, direction, door }: SwipeEvent): LaneFacts | null {
    const { site } = this.#deps;
    const at = site.laneAt(board, door);
    if (at === null || delivery !== 'backlog' || at.lane.direction === direction) return at;
    return at.lane.reversible === true ? site.laneFrom(at.lane.id, at.lane.to) : at;
  }

  #openException(
    person: string | null,
    at: LaneFacts | null,
    { credential }: SwipeEvent,
    { monoMs }: Moment,
  ): OpenException | null {
    if (person !== null) return this.underWay.openExceptionOf(person, monoMs);
    return at === null ? null : this.underWay.unnamedException(at.lane.id, credential, monoMs);
  }

  boardEvent(event: BoardEvent, { monoMs }: Moment): BoardEventFacts {
    const at = this.#deps.site.laneAt(event.board, event.door);
    const crossing = at === null ? null : this.underWay.atLane(at.lane, monoMs - event.ageMs);
    const lane = at?.lane.id ?? null;
    const openIncidents = this.underWay.openIncidents(event.board, lane);
    const index = this.ledger.index(event.board, event.index);
    return { at, index, crossing, unseen: this.#unseen(event, lane), openIncidents };
  }

  #unseen(event: BoardEvent, lane: string | null): UnseenPassage | null {
    if (event.kind !== 'door' || event.state !== 'opened' || lane === null) return null;
    const unseen = this.underWay.unseenAt(lane, event.deviceAtMs);
    if (unseen === null) return null;
    const { person } = unseen.crossing;
    const presence = person === null ? null : this.ledger.presence(person);
    return { ...unseen, lastHappenedMs: presence?.happened_ms ?? null };
  }

  progress(id: string): ProgressFacts {
    const command = this.underWay.command(id);
    const crossing = this.underWay.crossing(command?.crossing ?? null);
    const lane = command?.lane.lane;
    const openIncidents =
      lane === undefined ? [] : this.underWay.openIncidents(lane.board, lane.id);
    return { command, crossing, openIncidents };
  }

  boardReport(board: string): BoardReportFacts {
    const openIncidents = this.underWay.openIncidents(board, null);
    const lanes = this.#deps.site.lanesOf(board);
    const fire = this.ledger.hasFire(board);
    return { board: board as BoardReportFacts['board'], lanes, fire, openIncidents };
  }

  /** Mono ms before which `due` finds nothing until an event is written; null for never. */
  dueFrom(): number | null {
    return this.underWay.dueFrom(EXCEPTION_LAPSES_MS);
  }

  due(monoMs: number): DueFacts {
    const crossings = toldDue(this.underWay.due(monoMs), this.#deps.board);
    const exceptions = this.underWay.lapsing(monoMs, EXCEPTION_LAPSES_MS);
    return { crossings, exceptions };
  }

  started(): StartedFacts {
    const commands = this.underWay.pendingCommands();
    const crossings = this.underWay.leftOver();
    const openIncidents = new Map(
      [...commands, ...crossings].flatMap(({ at, lane }) =>
        at === null ? [] : [[lane, this.underWay.openIncidents(at.lane.board, lane)]],
      ),
    );
    return {
      commands,
      crossings,
      openIncidents,
      exceptions: this.underWay.exceptionsWithoutLane(),
    };
  }

  noted(): NotedFacts {
    return {
      openIncidents: this.underWay.openIncidents(null, null),
      lane: (id) => {
        const at = this.#deps.site.lane(id);
        if (at === null) return null;
        return { at, openIncidents: this.underWay.openIncidents(at.lane.board, id) };
      },
    };
  }

  readerRead(credential: string): Permit | null {
    return this.badges.permitOf(credential, this.ledger.inForce());
  }

  /** What is wrong with a permit's code by itself and by the permit in force, wherever shown. */
  codeReason(code: ShownCode, atMs: number): Reason | null {
    const permit = this.#deps.reference.permit(code.permit, this.ledger.inForce());
    return codeFault(codeFacts(code, permit, null, null), 'in', atMs)?.reason ?? null;
  }

  musterRead(reader: string, person: string | null): MusterRead | null {
    return this.#deps.site.isMuster(reader) ? this.muster.read(person) : null;
  }

  readerLane(reader: string): ReaderPlace | null {
    return this.#deps.site.readerLane(reader);
  }

  regimeNow({ atMs }: Moment): RegimeNow {
    return this.changes.now(this.#deps.regimes, atMs);
  }

  request(input: RequestInput, moment: Moment): RequestFacts {
    const { site } = this.#deps;
    const nothing: RequestFacts = {
      ...{ at: null, mode: null, exception: null, again: null },
      ...{ incident: null, permit: null, badge: null, person: null, owed: null, erasure: null },
      ...{ muster: null, lanes: [] },
      places: site.places,
      areas: site.site.areas.map((area) => area.id),
    };
    switch (input.name) {
      case 'gate.command':
        return { ...nothing, ...this.#laneOrdered(input.input.lane) };
      case 'incident.raise':
        return { ...nothing, at: input.input.lane === null ? null : site.lane(input.input.lane) };
      case 'exception.admit':
      case 'exception.refuse': {
        const exception = this.underWay.openException(input.input.exception, moment.monoMs);
        const person = exception?.person ?? null;
        const again =
          exception === null || input.name !== 'exception.admit'
            ? null
            : this.#again(exception, moment);
        const known = person === null ? null : this.#person(person);
        return { ...nothing, exception, again, person: known };
      }
      case 'incident.acknowledge':
      case 'incident.resolve':
        return { ...nothing, incident: this.underWay.incident(input.input.incident) };
      case 'permit.suspend':
      case 'permit.reinstate':
        return { ...nothing, permit: this.#permit(input.input.permit) };
      case 'badge.replace':
        return { ...nothing, badge: this.#badge(input.input) };
      case 'board.declare-lost': {
        const { board } = input.input;
        const isOurs = site.site.boards.some(({ serial }) => serial === board);
        return { ...nothing, owed: isOurs ? this.ledger.owed(board, OWED_AT_ONCE) : null };
      }
      case 'zone.evacuate':
      case 'muster.begin':
        return { ...nothing, lanes: site.lanes(), muster: this.muster.facts(input.input.area) };
      case 'muster.end':
        return { ...nothing, muster: this.muster.facts() };
      case 'muster.mark': {
        const { person } = input.input;
        const muster = this.muster.facts(null, person);
        return { ...nothing, muster, person: this.#person(person) };
      }
      case 'regime.enact':
      case 'regime.withdraw': {
        const draft = this.changes.draft(input.input.draft);
        return { ...nothing, regime: { now: this.regimeNow(moment), draft } };
      }
      case 'person.erase':
        return { ...nothing, erasure: this.#erasure(input.input.person, moment) };
      default:
        return { ...nothing, person: this.#person(input.input.person) };
    }
  }

  #laneOrdered(id: string): Pick<RequestFacts, 'at' | 'mode' | 'interlocked'> {
    const { laneMode, orderedBy } = this.ledger;
    const mode = { now: laneMode(id), orderedBy: orderedBy(id) };
    return { at: this.#deps.site.lane(id), mode, interlocked: this.asking.isInterlocked(id) };
  }

  /** Minutes may have passed since the referral: what was true then is not taken for true now. */
  #again(open: OpenException, moment: Moment): CrossingAgain {
    const { reference, regimes } = this.#deps;
    const inForce = this.ledger.inForce();
    const permit = open.permit === null ? null : reference.permit(open.permit, inForce);
    const now = this.#deps.site.lane(open.lane.lane.id);
    // Who was referred before the lane was turned would go against those who come now.
    const laneWrongWay = now !== null && now.lane.direction !== open.lane.lane.direction;
    const crossing = { ...this.asking.facts(open.lane, permit, inForce, moment), laneWrongWay };
    const relied = { permitStatus: permit?.status ?? null, datasets: { ...inForce } };
    return { crossing, regime: regimes.at(moment.wallMs), relied };
  }

  #permit(id: string): RequestFacts['permit'] {
    const permit = this.#deps.reference.permit(id, this.ledger.inForce());
    if (permit === null) return null;
    return { permit: permit.permit, suspendedHere: this.ledger.isSuspendedHere(id) };
  }

  #badge({ permit: id, credential }: CommandInput<'badge.replace'>): BadgeFacts | null {
    const inForce = this.ledger.inForce();
    const permit = this.#deps.reference.permit(id, inForce);
    if (permit === null) return null;
    const takenBy = this.badges.permitOf(credential, inForce)?.permit ?? null;
    return { inDataset: permit.credential, now: this.badges.badgeOf(permit), takenBy };
  }

  #person(id: string): RequestFacts['person'] {
    const known = this.ledger.presence(id);
    const permits = this.#deps.reference.permitsOf(id, this.ledger.inForce());
    const person = permits[0]?.person;
    if (known === null && person === undefined) return null;
    return {
      person: (person ?? id) as NonNullable<RequestFacts['person']>['person'],
      place: known?.place ?? null,
      unknown: known?.unknown === 1,
      crossing: this.underWay.unknownCrossingOf(id),
    };
  }

  #erasure(person: string, { monoMs, wallMs }: Moment): ErasureFacts | null {
    const { reference } = this.#deps;
    const inForce = this.ledger.inForce();
    const presence = this.ledger.presence(person);
    if (presence === null && !reference.knows(person)) return null;
    const permits = reference.permitsOf(person, inForce);
    return {
      place: presence?.place ?? null,
      underWay: presence?.unknown === 1 || this.ledger.isReserved(person),
      openException: this.underWay.openExceptionOf(person, monoMs) !== null,
      permitInForce: permits.some(({ status, validToMs }) => {
        return status !== 'revoked' && validToMs > wallMs;
      }),
      watched: reference.isWatchedWithin(person, wallMs, Number.MAX_SAFE_INTEGER, inForce),
    };
  }
}
