import type { Consignment, ConsignmentLine } from '../../../../shared/domain/goods.ts';
import { LAST_STEPS } from '../../../../shared/domain/goods-steps.ts';
import type { VehicleId } from '../../../../shared/domain/ids.ts';
import type { Permit } from '../../../../shared/domain/permit.ts';
import type { CargoGoods } from '../../../../shared/journal/goods-events.ts';
import { assertNever } from '../../../../shared/lib/assert.ts';
import type { ConsignmentFacts } from '../../../../shared/regime/consignment-facts.ts';
import type { PersonFacts } from '../../../../shared/regime/person-facts.ts';
import type { VehicleFacts } from '../../../../shared/regime/vehicle-facts.ts';
import type { Moment } from '../../core/event-list.ts';
import type { LaneFacts } from '../../core/facts.ts';
import type {
  AuditTerms,
  CargoHalf,
  CargoPair,
  GoodsRequestFacts,
} from '../../core/goods-facts.ts';
import type { GoodsRequest } from '../../core/rules/goods-request.ts';
import type { GoodsLookup } from '../../reference/goods-lookup.ts';
import type { InForce } from '../../reference/lookup.ts';
import type { AllowanceReads } from '../allowance-reads.ts';
import type { Asker } from './asking.ts';
import type { GoodsReads } from './goods-ledger.ts';
import type { SiteIndex } from './site-index.ts';

const PAIR_WITHIN_S = 30;

export interface CargoAskingDeps {
  readonly goods: GoodsLookup;
  readonly ledger: GoodsReads;
  readonly allowance: AllowanceReads;
  readonly site: SiteIndex;
  readonly boot: string;
}

/** By what a decision is made: read once for all that is decided in it. */
type DecidedBy = Pick<Asker, 'inForce' | 'regime'>;

/** What a regime may look at of a vehicle, its driver and what it carries. */
export class CargoAsking {
  readonly #deps: CargoAskingDeps;

  constructor(deps: CargoAskingDeps) {
    this.#deps = deps;
  }

  /** A site without them takes no vehicles: see `check-site.ts`. */
  auditTerms(): AuditTerms {
    const { goods } = this.#deps.site.site;
    return { seed: goods?.auditSeed ?? '', withinDays: goods?.auditWithinDays ?? 1 };
  }

  /** What a badge or tag is: what belongs to nobody may be either. */
  halfOf(credential: CargoHalf['credential'], permit: Permit | null, inForce: InForce): CargoHalf {
    const nobody = { credential, vehicle: null, person: null, permit: null };
    if (permit !== null) {
      return { ...nobody, what: 'badge', person: permit.person, permit: permit.permit };
    }
    const vehicle = this.#deps.goods.vehicleOfTag(credential, inForce)?.vehicle ?? null;
    return { ...nobody, what: vehicle === null ? 'unknown' : 'tag', vehicle };
  }

  /** The half that still waits at the lane for this one. */
  waiting({ lane }: LaneFacts, now: CargoHalf, { monoMs }: Moment) {
    const half = this.#deps.ledger.half(lane.id);
    if (half === null || half.boot !== this.#deps.boot) return null;
    if (monoMs - half.mono > (lane.pairWithinS ?? PAIR_WITHIN_S) * 1000) return null;
    if (half.credential === now.credential) return null;
    if (half.what === now.what && now.what !== 'unknown') return null;
    return half;
  }

  /** The two halves as driver and tag, with what the vehicle carries. */
  pair(
    now: CargoHalf,
    before: CargoHalf & { readonly readMs: number },
    driverFacts: PersonFacts,
    by: DecidedBy,
  ): CargoPair {
    const nowDrives = drives(now, before);
    const [driver, tag] = nowDrives ? [now, before] : [before, now];
    const asked = this.vehicle(tag.vehicle, driverFacts, by);
    return { driver, tag: tag.credential, firstReadMs: before.readMs, ...asked };
  }

  /** A vehicle that nobody knows is of class `other`, and nothing says what it carries. */
  vehicle(
    id: VehicleId | null,
    driver: PersonFacts,
    by: DecidedBy,
  ): Pick<CargoPair, 'slots' | 'goods' | 'vehicle'> {
    const { inForce } = by;
    const { goods: lookup } = this.#deps;
    const known = id === null ? null : lookup.vehicle(id, inForce);
    const { atMs, line, direction, from, to, laneTakes, laneLocked } = driver;
    const { laneWrongWay, laneInterlocked } = driver;
    const passage = {
      ...{ atMs, line, direction, from, to, laneTakes, laneLocked, laneWrongWay },
      laneInterlocked,
    };
    const slots =
      known === null
        ? []
        : lookup
            .slotsAt(known.vehicle, atMs, inForce)
            .filter(({ permit }) => permit === driver.permit?.permit);
    const carried = slots.flatMap(({ consignment }) => (consignment === null ? [] : [consignment]));
    const cargo =
      slots.length === 0
        ? [this.#undeclared(passage)]
        : carried.map((consignment) => this.#consignment(consignment, known, passage, by));
    const enterprise = known?.enterprise ?? null;
    const vehicle: VehicleFacts = {
      ...passage,
      kind: 'vehicle',
      class: known?.class ?? 'other',
      vehicle: known?.vehicle ?? null,
      enterprise,
      suspended: {
        vehicle: known?.status === 'suspended',
        enterprise: enterprise !== null && this.#isSuspended(enterprise, inForce),
      },
      watchlisted: false,
      driver,
      consignments: cargo.map(({ facts }) => facts),
    };
    const goods = cargo.map((one) => one.goods);
    return { slots: slots.map(({ slot }) => slot), goods, vehicle };
  }

  /** What a person's command on goods acts on. */
  request(of: GoodsRequest, inForce: InForce): GoodsRequestFacts {
    const { goods, ledger } = this.#deps;
    const nothing = { vehicle: null, item: null, rest: null, audit: null, deferral: null };
    switch (of.name) {
      case 'lock.report': {
        const found = goods.vehicle(of.input.vehicle, inForce);
        return { ...nothing, vehicle: found };
      }
      case 'custody.record': {
        const { consignment, item } = of.input;
        const now = ledger.custody(consignment, item);
        const isKnown = goods.lines(consignment, inForce).some((line) => line.item === item);
        if (now === null && !isKnown) return nothing;
        const enterprise = goods.consignment(consignment, inForce)?.enterprise ?? null;
        return { ...nothing, item: { enterprise, step: now?.step ?? null } };
      }
      case 'goods.record-use': {
        const { enterprise, hsCode, unit } = of.input;
        return { ...nothing, rest: ledger.rest(enterprise, hsCode, unit) };
      }
      case 'audit.record': {
        const found = ledger.audit(of.input.crossing, of.input.consignment);
        if (found === null) return nothing;
        return {
          ...nothing,
          audit: { isDrawn: found.isDrawn === 1, isDone: found.isDone === 1 },
        };
      }
      case 'sale.report': {
        const { consignment, crossing } = of.input;
        return { ...nothing, deferral: ledger.deferral(crossing, consignment) };
      }
      default:
        return assertNever(of, 'goods request');
    }
  }

  #isSuspended(enterprise: string, inForce: InForce): boolean {
    return this.#deps.goods.enterprise(enterprise, inForce)?.status === 'suspended';
  }

  /** Without a time slot of this vehicle and driver nobody knows what is carried. */
  #undeclared(passage: Passage): Cargo {
    const goods = { consignment: null, enterprise: null, currency: null, lines: [] };
    const facts: ConsignmentFacts = { ...NOTHING, ...passage, class: 'unregistered' };
    return { goods: { ...goods, class: 'unregistered' }, facts };
  }

  #consignment(
    id: NonNullable<CargoGoods['consignment']>,
    vehicle: { readonly vehicle: string; readonly lock: string | null } | null,
    passage: Passage,
    { inForce, regime }: DecidedBy,
  ): Cargo {
    const { goods: lookup } = this.#deps;
    const row = lookup.consignment(id, inForce);
    // A slot may come before its consignment does: then nothing is known of it yet.
    if (row === null) return this.#undeclared(passage);
    const lines = lookup.lines(id, inForce);
    const { class: of, currency, enterprise } = row;
    const told = lines.map(({ hsCode, quantity, unit, valueCents, item }) => {
      return { hsCode, quantity, unit, valueCents, item };
    });
    const goods: CargoGoods = { consignment: id, class: of, enterprise, currency, lines: told };
    const facts: ConsignmentFacts = {
      ...NOTHING,
      ...passage,
      class: of,
      consignment: id,
      enterprise: enterprise === null ? null : this.#enterprise(enterprise, inForce),
      declaration: declarationOf(row),
      seal: this.#seal(vehicle),
      certificate: row.certificate,
      origin: row.origin,
      suspended: {
        consignment: row.status === 'suspended',
        enterprise: enterprise !== null && this.#isSuspended(enterprise, inForce),
      },
      items: lines.flatMap((line) => this.#item(line)),
      valueCents: lines.reduce((sum, { valueCents }) => sum + valueCents, 0),
      currency,
      ...this.#deps.allowance.fact(regime.settings, 'enterprise', enterprise, passage.atMs),
      taxPaid: row.taxPaid,
      importTax: row.importTax,
    };
    return { goods, facts };
  }

  #enterprise(id: string, inForce: InForce): ConsignmentFacts['enterprise'] {
    const row = this.#deps.goods.enterprise(id, inForce);
    const enterprise = id as NonNullable<ConsignmentFacts['enterprise']>['enterprise'];
    const roster = this.#deps.goods.roster(id, inForce.rosters);
    if (row === null) return { enterprise, registered: null, roster, tier: null };
    const registered = { fromMs: row.registeredFromMs, toMs: row.registeredToMs };
    return { enterprise, registered, roster, tier: row.tier };
  }

  /** The vehicle's electronic lock is its seal, as it was last read. */
  #seal(vehicle: { readonly vehicle: string; readonly lock: string | null } | null) {
    if (vehicle === null || vehicle.lock === null) return null;
    const read = this.#deps.ledger.lock(vehicle.vehicle);
    const isBroken = read !== null && read.state !== 'locked';
    return { declared: vehicle.lock, read: read?.lock ?? null, isBroken };
  }

  #item({ consignment, item, sort, mustNotStay }: ConsignmentLine): ConsignmentFacts['items'] {
    if (item === null || sort === null) return [];
    const now = this.#deps.ledger.custody(consignment, item);
    const isInCustody = now !== null && IN_ZONE.has(now.step) && !LAST_STEPS.has(now.step);
    return [{ item, sort, mustNotStay, isInCustody }];
  }
}

/** After these a thing is in the zone; declared or on its way it is not yet. */
const IN_ZONE: ReadonlySet<string> = new Set(['in']);

type Passage = Omit<ConsignmentFacts, keyof typeof NOTHING | 'class'>;
interface Cargo {
  readonly goods: CargoGoods;
  readonly facts: ConsignmentFacts;
}

const NOTHING = {
  kind: 'consignment',
  consignment: null,
  enterprise: null,
  declaration: null,
  seal: null,
  certificate: null,
  origin: null,
  suspended: { consignment: false, enterprise: false },
  watchlisted: false,
  items: [],
  valueCents: null,
  taxPaid: null,
  importTax: null,
} as const satisfies Partial<ConsignmentFacts>;

/** Of two unknown ones the later is the badge: a vehicle is read as it drives up. */
function drives(now: CargoHalf, before: CargoHalf): boolean {
  return now.what === 'badge' || (now.what === 'unknown' && before.what !== 'badge');
}

function declarationOf(row: Consignment): ConsignmentFacts['declaration'] {
  if (row.declarationStatus === null) return null;
  return { status: row.declarationStatus, untilMs: row.declarationUntilMs };
}
