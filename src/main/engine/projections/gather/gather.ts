import type { CommandInput } from '../../../../shared/contract/commands.ts';
import type { BoardEvent, SwipeEvent } from '../../../../shared/domain/device-report.ts';
import type { Permit } from '../../../../shared/domain/permit.ts';
import type { ShownCode } from '../../../../shared/domain/qr-permit.ts';
import { isForVehicles } from '../../../../shared/domain/site.ts';
import { codeFault } from '../../../../shared/regime/code-valid.ts';
import type { PersonFacts } from '../../../../shared/regime/person-facts.ts';
import type { Reason } from '../../../../shared/regime/requirement.ts';
import type { ReaderPlace } from '../../core/decide.ts';
import type { Moment } from '../../core/event-list.ts';
import type {
  BadgeFacts,
  BoardEventFacts,
  BoardReportFacts,
  CrossingAgain,
  CrossingNow,
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
import type { CargoRead } from '../../core/goods-facts.ts';
import type { RequestInput } from '../../core/input.ts';
import { isUnderWay } from '../../core/rules/crossing-moves.ts';
import { isGoodsRequest } from '../../core/rules/goods-request.ts';
import { EXCEPTION_LAPSES_MS } from '../../core/timing.ts';
import type { InForce, ReferenceLookup } from '../../reference/lookup.ts';
import type { ReadableDb } from '../../store/database.ts';
import { Asking, codeFacts } from './asking.ts';
import { BadgeLookup } from './badge-lookup.ts';
import { CargoAsking } from './cargo-asking.ts';
import { dayReturnReads } from './day-return-reads.ts';
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

/** A read at a lane for vehicles, with its driver's permit and facts once both halves are there. */
interface CargoAsked {
  readonly read: CargoRead;
  readonly permit: Permit | null;
  readonly crossing: PersonFacts | null;
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
  readonly dayReturn: ReturnType<typeof dayReturnReads>;
  readonly cargo: CargoAsking;
  readonly muster: ReturnType<typeof musterReads>;
  readonly changes: ReturnType<typeof regimeReads>;

  constructor(deps: GatherDeps) {
    this.#deps = deps;
    this.ledger = ledgerReads(deps.db);
    this.muster = musterReads(deps.db);
    this.dayReturn = dayReturnReads(deps.db);
    this.changes = regimeReads(deps.db);
    this.badges = new BadgeLookup(deps.reference, this.ledger);
    this.asking = new Asking(deps, this.ledger);
    this.underWay = new UnderWay(deps.db, deps.site, deps.regimes.id, deps.boot);
    const { goods } = deps.reference;
    this.cargo = new CargoAsking({ ...deps, goods, ledger: this.underWay.goods });
  }

  /** Runs a batch over reference data that stands still meanwhile. */
  steadily<T>(body: () => T): T {
    return this.#deps.reference.steadily(body);
  }

  swipe(swipe: SwipeEvent, moment: Moment): SwipeFacts {
    const at = this.#laneOf(swipe);
    const inForce = this.ledger.inForce();
    const believed = swipe.code === undefined || swipe.code.proof === 'proven';
    const read = believed ? this.badges.permitOf(swipe.credential, inForce) : null;
    const cargo = at === null ? null : this.#cargo(at, read, inForce, swipe, moment);
    const permit = cargo === null ? read : cargo.permit;
    const person = permit?.person ?? null;
    const presence = person === null ? null : this.ledger.presence(person);
    return {
      at,
      index: swipe.reader === undefined ? this.ledger.index(swipe.board, swipe.index) : null,
      crossing: cargo?.crossing ?? this.#asked(at, permit, inForce, swipe, moment),
      permit: permit?.permit ?? null,
      relied: { permitStatus: permit?.status ?? null, datasets: { ...inForce } },
      lastHappenedMs: presence?.happened_ms ?? null,
      openException: this.#openException(person, at, swipe, moment),
      regime: this.#deps.regimes.at(moment.wallMs),
      openIncidents: [],
      cargo: cargo?.read ?? null,
    };
  }

  #asked(
    at: LaneFacts | null,
    permit: Permit | null,
    inForce: InForce,
    swipe: SwipeEvent,
    moment: Moment,
  ): PersonFacts | null {
    return at === null ? null : this.asking.asked(at, permit, inForce, swipe, moment);
  }

  /** At a lane for vehicles: the half that was read, and both where the other one waits. */
  #cargo(
    at: LaneFacts,
    read: Permit | null,
    inForce: InForce,
    swipe: SwipeEvent,
    moment: Moment,
  ): CargoAsked | null {
    if (!isForVehicles(at.lane)) return null;
    const audit = this.cargo.auditTerms();
    const half = this.cargo.halfOf(swipe.credential, read, inForce);
    const before = this.cargo.waiting(at, half, moment);
    if (before === null) return { read: { half, pair: null, audit }, permit: read, crossing: null };
    const driver = half.permit ?? before.permit;
    const permit = driver === null ? null : this.#deps.reference.permit(driver, inForce);
    const crossing = this.asking.asked(at, permit, inForce, swipe, moment);
    const pair = this.cargo.pair(half, before, crossing, inForce);
    return { read: { half, pair, audit }, permit, crossing };
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

  boardEvent(event: BoardEvent, moment: Moment): BoardEventFacts {
    const at = this.#deps.site.laneAt(event.board, event.door);
    const candidates = this.#candidates(event, at, moment);
    const crossing = at === null ? null : this.#crossingAt(at, event, candidates, moment);
    const lane = at?.lane.id ?? null;
    const openIncidents = this.underWay.openIncidents(event.board, lane);
    const index = this.ledger.index(event.board, event.index);
    return { at, index, crossing, candidates, unseen: this.#unseen(event, lane), openIncidents };
  }

  #candidates(event: BoardEvent, at: LaneFacts | null, { speed }: Moment): CrossingNow[] {
    if (event.kind !== 'door' || event.state !== 'opened' || at === null) return [];
    const { id, openS } = at.lane;
    const isHeld = this.ledger.laneMode(id) === 'held';
    const { deviceAtMs } = event;
    return this.underWay.candidates(id, { deviceAtMs, openS, isHeld, speed });
  }

  /** Where only one may have gone through that is the one, whoever else waits there. */
  #crossingAt(
    { lane }: LaneFacts,
    { ageMs }: BoardEvent,
    [only, ...more]: readonly CrossingNow[],
    { monoMs }: Moment,
  ): CrossingNow | null {
    const isOne = only !== undefined && more.length === 0 && isUnderWay(only.state);
    return isOne ? only : this.underWay.atLane(lane, monoMs - ageMs);
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
    const isHeld = lane !== undefined && this.ledger.laneMode(lane.id) === 'held';
    return { command, crossing, isHeld, openIncidents };
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

  due(monoMs: number, wallMs: number): DueFacts {
    const crossings = toldDue(this.underWay.due(monoMs), this.#deps.board);
    const exceptions = this.underWay.lapsing(monoMs, EXCEPTION_LAPSES_MS);
    const goods = this.underWay.goods.due(wallMs);
    return { crossings, exceptions, goods, dayReturn: this.dayReturn.due(wallMs) };
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
    if (isGoodsRequest(input))
      return { ...nothing, goods: this.cargo.request(input, this.ledger.inForce()) };
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
      case 'day-return.decide':
        return { ...nothing, ...this.#dayReturn(input.input.crossing) };
      case 'suspension.begin':
      case 'suspension.end':
        return { ...nothing, suspended: this.#suspended(input.input) };
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
    const regime = regimes.at(moment.wallMs);
    const passage = this.underWay.goods.passage(open.crossing);
    if (passage === null) return { crossing, regime, relied };
    // The tag may belong to another vehicle by now: which one asked stands in the journal.
    const { goods, vehicle } = this.cargo.vehicle(passage.vehicle, crossing, inForce);
    const cargo = { vehicle, goods, audit: this.cargo.auditTerms() };
    return { crossing, regime, relied, cargo };
  }

  #permit(id: string): RequestFacts['permit'] {
    const permit = this.#deps.reference.permit(id, this.ledger.inForce());
    if (permit === null) return null;
    return { permit: permit.permit, suspendedHere: this.ledger.isSuspendedHere(id) };
  }

  #dayReturn(crossing: string): Pick<RequestFacts, 'dayReturn' | 'person'> {
    const dayReturn = this.dayReturn.now(crossing);
    return { dayReturn, person: dayReturn === null ? null : this.#person(dayReturn.person) };
  }

  #suspended({ kind, id }: CommandInput<'suspension.begin'>): boolean | null {
    const { ledger } = this;
    const isSuspended = ledger.isSuspended(kind, id);
    if (isSuspended) return true;
    const isKnown =
      kind === 'person'
        ? this.#person(id) !== null
        : this.#deps.reference.hasEnterprise(id, ledger.inForce());
    return isKnown ? false : null;
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
