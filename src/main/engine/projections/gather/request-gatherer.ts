import type { CommandInput } from '../../../../shared/contract/commands.ts';
import { isTurn } from '../../../../shared/domain/gate.ts';
import { assertNever } from '../../../../shared/lib/assert.ts';
import type { Moment } from '../../core/event-list.ts';
import type {
  BadgeFacts,
  CrossingAgain,
  ErasureFacts,
  OpenException,
  RequestFacts,
} from '../../core/facts.ts';
import type { RequestInput } from '../../core/input.ts';
import type { JointFacts } from '../../core/people-facts.ts';
import type { RegimeNow } from '../../core/regime-facts.ts';
import { isGoodsRequest } from '../../core/rules/goods-request.ts';
import { isLockdownRequest } from '../../core/rules/lockdown.ts';
import { isPeopleRequest, type PeopleRequest } from '../../core/rules/people-request.ts';
import { isVirtualRequest, type VirtualRequest } from '../../core/rules/virtual-area.ts';
import type { VirtualFacts } from '../../core/virtual-facts.ts';
import type { Asking } from './asking.ts';
import type { BadgeLookup } from './badge-lookup.ts';
import type { CargoAsking } from './cargo-asking.ts';
import type { CorrectionReads } from './correction-reads.ts';
import type { dayReturnReads } from './day-return-reads.ts';
import type { filingReads } from './filing-reads.ts';
import type { GatherDeps } from './gather-deps.ts';
import { jointNow } from './joint-reads.ts';
import type { LedgerReads } from './ledger.ts';
import type { lockdownReads } from './lockdown-reads.ts';
import type { musterReads } from './muster-reads.ts';
import type { regimeReads } from './regime-reads.ts';
import type { UnderWay } from './under-way.ts';

/** Gaps that one command declares lost: each is an event of the journal. */
const OWED_AT_ONCE = 256;

/** The parts of the gatherer that a person's request is gathered by. */
interface Parts {
  readonly ledger: LedgerReads;
  readonly underWay: UnderWay;
  readonly badges: BadgeLookup;
  readonly asking: Asking;
  readonly dayReturn: ReturnType<typeof dayReturnReads>;
  readonly corrections: CorrectionReads;
  readonly filings: ReturnType<typeof filingReads>;
  readonly cargo: CargoAsking;
  readonly lockdown: ReturnType<typeof lockdownReads>;
  readonly muster: ReturnType<typeof musterReads>;
  readonly changes: ReturnType<typeof regimeReads>;
  regimeNow(moment: Moment): RegimeNow;
}

/** What must be known before a person's request is decided. */
export class RequestGatherer {
  readonly #deps: GatherDeps;
  readonly #of: Parts;

  constructor(deps: GatherDeps, of: Parts) {
    this.#deps = deps;
    this.#of = of;
  }

  facts(input: RequestInput, moment: Moment): RequestFacts {
    const { site } = this.#deps;
    const nothing: RequestFacts = {
      ...{ at: null, mode: null, exception: null, again: null },
      ...{ incident: null, permit: null, badge: null, person: null, owed: null, erasure: null },
      ...{ muster: null, lanes: [] },
      places: site.places,
      areas: site.site.areas.map((area) => area.id),
    };
    if (isGoodsRequest(input))
      return { ...nothing, goods: this.#of.cargo.request(input, this.#of.ledger.inForce()) };
    if (isVirtualRequest(input)) return { ...nothing, virtual: this.#virtual(input) };
    if (isLockdownRequest(input)) return { ...nothing, ...this.#lockdown(moment) };
    if (isPeopleRequest(input)) return { ...nothing, ...this.#people(input, moment) };
    switch (input.name) {
      case 'gate.command':
        return { ...nothing, ...this.#laneOrdered(input.input) };
      case 'incident.raise':
        return { ...nothing, at: input.input.lane === null ? null : site.lane(input.input.lane) };
      case 'exception.admit':
      case 'exception.refuse': {
        const exception = this.#of.underWay.openException(input.input.exception, moment.monoMs);
        const person = exception?.person ?? null;
        const again =
          exception === null || input.name !== 'exception.admit'
            ? null
            : this.#again(exception, moment);
        const known = person === null ? null : this.#person(person);
        const lostBy = person === null ? {} : this.#lostBy(person);
        const joint = exception === null ? undefined : this.#joint(exception.crossing, moment);
        return { ...nothing, exception, again, person: known, ...lostBy, joint };
      }
      case 'incident.acknowledge':
      case 'incident.resolve':
        return { ...nothing, incident: this.#of.underWay.incident(input.input.incident) };
      case 'permit.suspend':
      case 'permit.reinstate':
        return { ...nothing, permit: this.#permit(input.input.permit) };
      case 'badge.replace':
        return { ...nothing, badge: this.#badge(input.input) };
      case 'board.declare-lost': {
        const { board } = input.input;
        const isOurs = site.site.boards.some(({ serial }) => serial === board);
        return { ...nothing, owed: isOurs ? this.#of.ledger.owed(board, OWED_AT_ONCE) : null };
      }
      case 'zone.evacuate':
      case 'muster.begin':
        return { ...nothing, lanes: site.lanes(), muster: this.#of.muster.facts(input.input.area) };
      case 'muster.end':
        return { ...nothing, muster: this.#of.muster.facts() };
      case 'muster.mark': {
        const { person } = input.input;
        const muster = this.#of.muster.facts(null, person);
        return { ...nothing, muster, person: this.#person(person) };
      }
      case 'regime.enact':
      case 'regime.withdraw': {
        const draft = this.#of.changes.draft(input.input.draft);
        return { ...nothing, regime: { now: this.#of.regimeNow(moment), draft } };
      }
      case 'person.erase':
        return { ...nothing, erasure: this.#erasure(input.input.person, moment) };
      default: {
        const { person } = input.input;
        return { ...nothing, person: this.#person(person), ...this.#lostBy(person) };
      }
    }
  }

  #virtual({ input, name }: VirtualRequest): VirtualFacts {
    const { reference, site } = this.#deps;
    if (name === 'filing.answer') {
      const filing = this.#of.filings.now(input.filing);
      return { area: null, isEnterpriseKnown: false, filing };
    }
    const { area: id, enterprise } = input;
    const area = site.site.virtualAreas?.find((one) => one.id === id) ?? null;
    const inForce = this.#of.ledger.inForce();
    const isEnterpriseKnown =
      reference.hasEnterprise(enterprise, inForce) ||
      reference.goods.enterprise(enterprise, inForce) !== null;
    return { area, isEnterpriseKnown, filing: null };
  }

  #lockdown(moment: Moment): Pick<RequestFacts, 'lanes' | 'lockdown'> {
    const lanes = this.#deps.site.lanes();
    const { hasFire, laneMode } = this.#of.ledger;
    const modes = new Map(lanes.map(({ lane }) => [lane.id, laneMode(lane.id)]));
    const burning = lanes.filter(({ lane }) => hasFire(lane.board));
    const onFire = new Set(burning.map(({ lane }) => lane.id));
    const { eachSide } = this.#of.regimeNow(moment);
    return { lanes, lockdown: { now: this.#of.lockdown.now(), eachSide, modes, onFire } };
  }

  #people(of: PeopleRequest, moment: Moment): Partial<RequestFacts> {
    switch (of.name) {
      case 'suspension.begin':
      case 'suspension.end':
        return { suspended: this.#suspended(of.input) };
      case 'day-return.decide':
        return this.#dayReturn(of.input.crossing);
      case 'correction.ask':
      case 'correction.confirm':
      case 'correction.decline':
        return { correction: this.#of.corrections.facts(of) };
      case 'joint.give':
        return { joint: this.#joint(of.input.crossing, moment) };
      case 'passage.answer':
        return { unknownPassage: this.#of.underWay.unknownPassage(of.input.crossing) };
      case 'area.count': {
        const area = this.#deps.site.area(of.input.area)?.id;
        return { count: area === undefined ? null : { area, ...this.#of.ledger.heads(area) } };
      }
      default:
        return assertNever(of, 'people request');
    }
  }

  #joint(crossing: string, { wallMs }: Moment): JointFacts {
    const { db, regimes } = this.#deps;
    return jointNow(db, crossing, regimes.at(wallMs).authorities ?? null);
  }

  #laneOrdered({
    action,
    lane: id,
  }: CommandInput<'gate.command'>): Pick<RequestFacts, 'at' | 'mode' | 'interlocked' | 'shut'> {
    const { isShut, laneMode, orderedBy } = this.#of.ledger;
    const mode = { now: laneMode(id), orderedBy: orderedBy(id) };
    const interlocked = this.#of.asking.isInterlocked(id);
    // A way out that is turned would be a way in.
    const state = isTurn(action) ? (this.#of.lockdown.now()?.state ?? 'proposed') : 'proposed';
    const shut = isShut(id) || state !== 'proposed';
    return { at: this.#deps.site.lane(id), mode, interlocked, shut };
  }

  /** Minutes may have passed since the referral: what was true then is not taken for true now. */
  #again(open: OpenException, moment: Moment): CrossingAgain {
    const { reference } = this.#deps;
    const { asking, cargo, ledger } = this.#of;
    const inForce = ledger.inForce();
    const permit = open.permit === null ? null : reference.permit(open.permit, inForce);
    const now = this.#deps.site.lane(open.lane.lane.id);
    // Who was referred before the lane was turned would go against those who come now.
    const laneWrongWay = now !== null && now.lane.direction !== open.lane.lane.direction;
    const asker = asking.asker(permit, inForce, moment);
    const { regime } = asker;
    const crossing = { ...asking.facts(open.lane, asker, moment), laneWrongWay };
    const relied = { permitStatus: permit?.status ?? null, datasets: { ...inForce } };
    const passage = this.#of.underWay.goods.passage(open.crossing);
    if (passage === null) return { crossing, regime, relied };
    // The tag may belong to another vehicle by now: which one asked stands in the journal.
    const { goods, vehicle } = cargo.vehicle(passage.vehicle, crossing, asker);
    const carried = { vehicle, goods, audit: cargo.auditTerms() };
    return { crossing, regime, relied, cargo: carried };
  }

  #permit(id: string): RequestFacts['permit'] {
    const permit = this.#deps.reference.permit(id, this.#of.ledger.inForce());
    if (permit === null) return null;
    return { permit: permit.permit, suspendedHere: this.#of.ledger.isSuspendedHere(id) };
  }

  #dayReturn(crossing: string): Pick<RequestFacts, 'dayReturn' | 'unknownPassage'> {
    const dayReturn = this.#of.dayReturn.now(crossing);
    return { dayReturn, ...(dayReturn === null ? {} : this.#lostBy(dayReturn.person)) };
  }

  #lostBy(person: string): Pick<RequestFacts, 'unknownPassage'> {
    return { unknownPassage: this.#of.underWay.unknownPassageOf(person) };
  }

  #suspended({ kind, id }: CommandInput<'suspension.begin'>): boolean | null {
    const { ledger } = this.#of;
    const isSuspended = ledger.isSuspended(kind, id);
    if (isSuspended) return true;
    const isKnown =
      kind === 'person'
        ? this.#person(id) !== null
        : this.#deps.reference.hasEnterprise(id, ledger.inForce());
    return isKnown ? false : null;
  }

  #badge({ permit: id, credential }: CommandInput<'badge.replace'>): BadgeFacts | null {
    const inForce = this.#of.ledger.inForce();
    const permit = this.#deps.reference.permit(id, inForce);
    if (permit === null) return null;
    const takenBy = this.#of.badges.permitOf(credential, inForce)?.permit ?? null;
    return { inDataset: permit.credential, now: this.#of.badges.badgeOf(permit), takenBy };
  }

  #person(id: string): RequestFacts['person'] {
    const known = this.#of.ledger.presence(id);
    const permits = this.#deps.reference.permitsOf(id, this.#of.ledger.inForce());
    const person = permits[0]?.person;
    if (known === null && person === undefined) return null;
    return {
      person: (person ?? id) as NonNullable<RequestFacts['person']>['person'],
      place: known?.place ?? null,
      unknown: known?.unknown === 1,
    };
  }

  #erasure(person: string, { monoMs, wallMs }: Moment): ErasureFacts | null {
    const { reference } = this.#deps;
    const inForce = this.#of.ledger.inForce();
    const { place, reserved, unknown } = this.#of.ledger.whereabouts(person);
    if (unknown === null && !reference.knows(person)) return null;
    const permits = reference.permitsOf(person, inForce);
    return {
      place,
      underWay: unknown === 1 || reserved > 0,
      openException: this.#of.underWay.openExceptionOf(person, monoMs) !== null,
      permitInForce: permits.some(({ status, validToMs }) => {
        return status !== 'revoked' && validToMs > wallMs;
      }),
      watched: reference.isWatchedWithin(person, wallMs, Number.MAX_SAFE_INTEGER, inForce),
    };
  }
}
