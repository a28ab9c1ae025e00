import type { BoardEvent, SwipeEvent } from '../../../../shared/domain/device-report.ts';
import type { Permit } from '../../../../shared/domain/permit.ts';
import type { ShownCode } from '../../../../shared/domain/qr-permit.ts';
import type { Sale } from '../../../../shared/domain/sale.ts';
import { isForVehicles } from '../../../../shared/domain/site.ts';
import { happenedMs } from '../../../../shared/journal/happened.ts';
import { codeFault } from '../../../../shared/regime/code-valid.ts';
import { dueBackWarnsMs } from '../../../../shared/regime/due-back.ts';
import type { PersonFacts } from '../../../../shared/regime/person-facts.ts';
import type { Reason } from '../../../../shared/regime/requirement.ts';
import type { ReaderPlace } from '../../core/decide.ts';
import type { Moment } from '../../core/event-list.ts';
import type {
  BoardEventFacts,
  BoardReportFacts,
  CrossingNow,
  DueFacts,
  LaneFacts,
  MusterRead,
  NotedFacts,
  OpenException,
  PaperFacts,
  ProgressFacts,
  RequestFacts,
  StartedFacts,
  SwipeFacts,
  UnseenPassage,
} from '../../core/facts.ts';
import type { CargoRead, SaleFacts } from '../../core/goods-facts.ts';
import type { HeldThen } from '../../core/held-facts.ts';
import type { PaperInput, RequestInput } from '../../core/input.ts';
import type { RegimeNow } from '../../core/regime-facts.ts';
import { isUnderWay } from '../../core/rules/crossing-moves.ts';
import { EXCEPTION_LAPSES_MS } from '../../core/timing.ts';
import { allowanceReads } from '../allowance-reads.ts';
import { saleReads } from '../sale-reads.ts';
import { unnamedReads } from '../unnamed-reads.ts';
import { type Asker, Asking, codeFacts } from './asking.ts';
import { BadgeLookup } from './badge-lookup.ts';
import { CargoAsking } from './cargo-asking.ts';
import { CorrectionReads } from './correction-reads.ts';
import { dayReturnReads } from './day-return-reads.ts';
import { escortReads } from './escort-reads.ts';
import { filingReads } from './filing-reads.ts';
import type { GatherDeps } from './gather-deps.ts';
import { type LedgerReads, ledgerReads } from './ledger.ts';
import { lockdownReads } from './lockdown-reads.ts';
import { musterReads } from './muster-reads.ts';
import { PaperAsking } from './paper-asking.ts';
import { regimeReads } from './regime-reads.ts';
import { RequestGatherer } from './request-gatherer.ts';
import { toldDue } from './told-due.ts';
import { UnderWay } from './under-way.ts';

/** A read at a lane for vehicles, with its driver and their facts once both halves are there. */
interface CargoAsked {
  readonly read: CargoRead;
  readonly asker: Asker;
  readonly crossing: PersonFacts | null;
}

/** Gathers what a rule must know, before it decides; every read is of the current transaction. */
export class Gatherer {
  readonly #deps: GatherDeps;
  readonly ledger: LedgerReads;
  readonly underWay: UnderWay;
  readonly badges: BadgeLookup;
  readonly asking: Asking;
  readonly dayReturn: ReturnType<typeof dayReturnReads>;
  readonly cargo: CargoAsking;
  readonly lockdown: ReturnType<typeof lockdownReads>;
  readonly corrections: CorrectionReads;
  readonly filings: ReturnType<typeof filingReads>;
  readonly escort: ReturnType<typeof escortReads>;
  readonly muster: ReturnType<typeof musterReads>;
  readonly changes: ReturnType<typeof regimeReads>;
  readonly unnamed: ReturnType<typeof unnamedReads>;
  readonly #sales;
  readonly #papers: PaperAsking;
  readonly #requests: RequestGatherer;

  constructor(deps: GatherDeps) {
    this.#deps = deps;
    this.ledger = ledgerReads(deps.db);
    this.lockdown = lockdownReads(deps.db);
    this.muster = musterReads(deps.db);
    this.#sales = saleReads(deps.db);
    this.dayReturn = dayReturnReads(deps.db, (atMs) => {
      return dueBackWarnsMs(deps.regimes.at(atMs).settings);
    });
    this.escort = escortReads(deps.db, deps.boot);
    this.corrections = new CorrectionReads(deps.db, deps.segments);
    this.filings = filingReads(deps.db);
    this.changes = regimeReads(deps.db);
    this.unnamed = unnamedReads(deps.db);
    this.badges = new BadgeLookup(deps.reference, this.ledger);
    const allowance = allowanceReads(deps.db, deps.segments);
    this.asking = new Asking(deps, this.ledger, allowance);
    this.underWay = new UnderWay(deps.db, deps.site, deps.regimes.id, deps.boot);
    const { goods } = deps.reference;
    this.cargo = new CargoAsking({ ...deps, goods, allowance, ledger: this.underWay.goods });
    this.#papers = new PaperAsking(deps, this);
    this.#requests = new RequestGatherer(deps, this);
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
    const holder = this.asking.asker(read, inForce, moment);
    const cargo = at === null ? null : this.#cargo(at, holder, swipe, moment);
    const asker = cargo?.asker ?? holder;
    const { permit, regime, whereabouts } = asker;
    return {
      at,
      index: swipe.reader === undefined ? this.ledger.index(swipe.board, swipe.index) : null,
      crossing: cargo?.crossing ?? this.#asked(at, asker, swipe, moment),
      permit: permit?.permit ?? null,
      relied: { permitStatus: permit?.status ?? null, datasets: { ...inForce } },
      lastHappenedMs: whereabouts.happened_ms,
      openException: this.#openException(permit?.person ?? null, at, swipe, moment),
      regime,
      openIncidents: [],
      cargo: cargo?.read ?? null,
    };
  }

  #asked(at: LaneFacts | null, asker: Asker, swipe: SwipeEvent, moment: Moment) {
    return at === null ? null : this.asking.asked(at, asker, swipe, moment);
  }

  /** At a lane for vehicles: the half that was read, and both where the other one waits. */
  #cargo(at: LaneFacts, holder: Asker, swipe: SwipeEvent, moment: Moment): CargoAsked | null {
    if (!isForVehicles(at.lane)) return null;
    const { inForce } = holder;
    const audit = this.cargo.auditTerms();
    const half = this.cargo.halfOf(swipe.credential, holder.permit, inForce);
    const before = this.cargo.waiting(at, half, moment);
    if (before === null) {
      return { read: { half, pair: null, audit }, asker: holder, crossing: null };
    }
    const driver = half.permit ?? before.permit;
    const permit = driver === null ? null : this.#deps.reference.permit(driver, inForce);
    const asker = this.asking.beside(holder, permit);
    const crossing = this.asking.asked(at, asker, swipe, moment);
    const pair = this.cargo.pair(half, before, crossing, asker);
    return { read: { half, pair, audit }, asker, crossing };
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
    const lane = at?.lane.id ?? null;
    const isHeld = lane !== null && this.ledger.laneMode(lane) === 'held';
    const candidates = this.#candidates(event, at, isHeld, moment);
    const crossing = at === null ? null : this.#crossingAt(at, event, candidates, moment);
    const openIncidents = this.underWay.openIncidents(event.board, lane);
    const index = this.ledger.index(event.board, event.index);
    const unseen = this.#unseen(event, lane);
    const heldThen = at === null ? null : this.#heldThen(at, event, moment);
    const forms = this.#forms(heldThen?.at ?? (isHeld ? at : null), event);
    return { at, index, crossing, candidates, unseen, isHeld, heldThen, forms, openIncidents };
  }

  /** Which forms may tell of a passage through a gate that stood open. */
  #forms(at: HeldThen['at'] | null, { kind, deviceAtMs }: BoardEvent): BoardEventFacts['forms'] {
    if (at === null || kind !== 'door') return [];
    return this.unnamed.forms(at.lane.id, at.lane.direction, deviceAtMs);
  }

  #heldThen(at: LaneFacts, event: BoardEvent, { atMs }: Moment): HeldThen | null {
    if (event.kind !== 'door' || event.state !== 'opened') return null;
    const deviceAt = event.deviceAtMs;
    // A stamp that cannot be tells of no moment at all.
    if (happenedMs({ at: atMs, deviceAt }) !== deviceAt) return null;
    const held = this.ledger.heldAt(at.lane.id, deviceAt, this.#deps.boot);
    if (held === null) return null;
    const isAsNow = held.turned === (at.isTurned === true ? 1 : 0);
    const then = isAsNow ? at : this.#deps.site.laneFrom(at.lane.id, at.lane.to);
    return then === null ? null : { at: then, namedMs: held.named > 0 ? held.named_ms : null };
  }

  #candidates(
    event: BoardEvent,
    at: LaneFacts | null,
    isHeld: boolean,
    { speed }: Moment,
  ): CrossingNow[] {
    if (event.kind !== 'door' || event.state !== 'opened' || at === null) return [];
    const { id, openS } = at.lane;
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
    const { isOrderedOpen, isShut } = this.ledger;
    const of = board as BoardReportFacts['board'];
    return { board: of, lanes, fire, openIncidents, isOrderedOpen, isShut };
  }

  /** Mono ms before which `due` finds nothing until an event is written; null for never. */
  dueFrom(): number | null {
    return this.underWay.dueFrom(EXCEPTION_LAPSES_MS);
  }

  due(monoMs: number, wallMs: number): DueFacts {
    const crossings = toldDue(this.underWay.due(monoMs), this.#deps.board);
    const exceptions = this.underWay.lapsing(monoMs, EXCEPTION_LAPSES_MS);
    const goods = this.underWay.goods.due(wallMs);
    const alone = this.escort.due(monoMs);
    const filings = this.filings.due(wallMs);
    const dayReturn = this.dayReturn.due(wallMs);
    return { crossings, exceptions, goods, alone, dayReturn, filings };
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

  paper(input: PaperInput, moment: Moment): PaperFacts {
    return this.#papers.facts(input, moment);
  }

  sales(sales: readonly Sale[]): SaleFacts[] {
    return sales.map(({ consignment, reference }) => {
      return { known: this.#sales.known(reference), deferrals: this.#sales.deferrals(consignment) };
    });
  }

  regimeNow({ atMs }: Moment): RegimeNow {
    return this.changes.now(this.#deps.regimes, atMs);
  }

  request(input: RequestInput, moment: Moment): RequestFacts {
    return this.#requests.facts(input, moment);
  }
}
