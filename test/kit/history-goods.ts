import type { Credential } from '../../src/shared/domain/credential.ts';
import type { ConsignmentId, CrossingId, LaneId, VehicleId } from '../../src/shared/domain/ids.ts';
import { EnterpriseId, ItemId } from '../../src/shared/domain/ids.ts';
import { SaleReference } from '../../src/shared/domain/sale.ts';
import type { SiteLane } from '../../src/shared/domain/site.ts';
import type {
  CargoGoods,
  CargoPart,
  GoodsObligation,
} from '../../src/shared/journal/goods-events.ts';
import { taxOf } from '../../src/shared/lib/money.ts';
import { PERSON, type Teller } from './history-teller.ts';

const ENTERPRISE = EnterpriseId.parse('E-1');
const VEHICLE = 'V-1' as VehicleId;

interface Carried {
  readonly crossing: CrossingId;
  readonly consignment: ConsignmentId;
}

/** Vehicles and goods of a made-up history: read, asked for, decided; then what becomes of them. */
export class Goods {
  readonly #teller: Teller;
  #last: Carried | null = null;

  constructor(teller: Teller) {
    this.#teller = teller;
  }

  /** A half that nothing follows on: its vehicle drove away, or it was told of too late. */
  readHalf(lane: SiteLane): void {
    const { rng } = this.#teller;
    const isTag = rng.chance(0.6);
    const who = isTag ? { vehicle: VEHICLE } : { vehicle: null };
    const data = {
      ...{ lane: lane.id, board: lane.board, index: this.#teller.nextIndex(lane.board), ...who },
      ...({ credential: 'raw/9001' as Credential, what: isTag ? 'tag' : 'unknown' } as const),
      ...({ person: null, permit: null, timing: rng.chance(0.8) ? 'live' : 'late' } as const),
    };
    this.#teller.emit({ kind: 'cargo.read', data });
  }

  /** A crossing that was just asked for is one of a vehicle. */
  ask(crossing: CrossingId, lane: LaneId, verdict: 'admit' | 'refer' | 'refuse'): void {
    const { atMs, rng } = this.#teller;
    const consignment = `C-${rng.below(4)}` as ConsignmentId;
    const item = rng.chance(0.5) ? ItemId.parse('IT-1') : null;
    const quantity = 1 + rng.below(9);
    const line = { hsCode: '900190', quantity, unit: 'piece', valueCents: 100 * quantity, item };
    const goods: CargoGoods = {
      ...{ consignment, class: rng.pick(['research', 'zone-origin', 'general'] as const) },
      ...{ enterprise: rng.chance(0.9) ? ENTERPRISE : null, currency: 'HKD', lines: [line] },
    };
    const asked = {
      crossing,
      lane,
      vehicle: VEHICLE,
      class: 'registered',
      goods: [goods],
    } as const;
    const more = { tag: 'raw/9001' as Credential, slots: ['S-1'], firstReadMs: atMs - 4_000 };
    this.#teller.emit({ kind: 'cargo.asked', data: { ...asked, ...more, goods: [goods] } });
    this.#decide(crossing, verdict, goods, line.valueCents);
    if (verdict === 'admit') this.#draw({ crossing, consignment });
    this.#last = { crossing, consignment };
  }

  #decide(
    crossing: CrossingId,
    verdict: 'admit' | 'refer' | 'refuse',
    { consignment, lines }: CargoGoods,
    valueCents: number,
  ): void {
    const { atMs, regimeVersion, rng } = this.#teller;
    const opens = lines.flatMap(({ item }) => (item === null ? [] : [item]));
    const settled: GoodsObligation[] = [
      {
        is: 'vat-deferral',
        ...{ valueCents, vatPercent: 13, vatCents: 13 * (valueCents / 100) },
        overdueFromMs: atMs + 86_400_000,
      },
      { is: 'import-tax-rate', valueCents, percent: 9.1, taxCents: taxOf(valueCents, 9.1) },
      { is: 'export-refund', vatCents: valueCents, consumptionTaxCents: null },
      { is: 'inspection-exempt', certificate: 'CERT-1', laboratory: 'HKAS 012' },
      { is: 'allowance', of: 'enterprise', subject: ENTERPRISE, amount: valueCents },
    ];
    const obligations: GoodsObligation[] = [
      { is: 'custody', opens, closes: [] },
      ...settled.filter(() => rng.chance(0.5)),
    ];
    const part: CargoPart = {
      kind: 'consignment',
      ...{ id: consignment, verdict, rule: 'p1', reasons: [], obligations },
    };
    const regime = { regime: 'cma-buffer-zone', regimeVersion };
    const data = { crossing, ...regime, verdict, parts: [part], exception: null };
    this.#teller.emit({ kind: 'cargo.decided', data });
  }

  #draw({ crossing, consignment }: Carried): void {
    const { atMs, regimeVersion, rng } = this.#teller;
    const data = {
      ...{ crossing, consignment, enterprise: ENTERPRISE, regime: 'cma-buffer-zone' },
      ...{ regimeVersion, seed: 'seed', percent: 5, number: 7, isDrawn: rng.chance(0.7) },
      byMs: atMs + 86_400_000,
    };
    this.#teller.emit({ kind: 'audit.drawn', data });
  }

  /** People tell what became of goods, and what is overdue is raised. */
  goOn(): void {
    const { rng } = this.#teller;
    const last = this.#last;
    const roll = rng.below(last === null ? 3 : 7);
    if (roll >= 5) {
      const kind = roll === 5 ? 'audit.overdue' : 'deferral.overdue';
      if (last !== null) this.#teller.emit({ kind, data: last });
      return;
    }
    const reason = this.#teller.typed();
    if (roll === 0) {
      const state = rng.pick(['locked', 'tampered', 'off-route'] as const);
      const data = { vehicle: VEHICLE, lock: 'LOCK-1', state, reason };
      this.#teller.emit({ kind: 'lock.reported', data }, PERSON);
    } else if (roll === 1) {
      const how = rng.pick(['used', 'destroyed'] as const);
      const what = { enterprise: ENTERPRISE, hsCode: '900190', unit: 'piece', how };
      const data = { ...what, quantity: 1 + rng.below(3), reason };
      this.#teller.emit({ kind: 'goods.used', data }, PERSON);
    } else if (roll === 2) {
      const step = rng.pick(['declared', 'transported', 'in', 'used', 'destroyed'] as const);
      const which = { consignment: 'C-1' as ConsignmentId, item: ItemId.parse('IT-1') };
      const data = { ...which, step, enterprise: ENTERPRISE, reason };
      this.#teller.emit({ kind: 'custody.stepped', data }, PERSON);
    } else if (last !== null && roll === 3) {
      const result = rng.pick(['in-order', 'fault'] as const);
      this.#teller.emit({ kind: 'audit.done', data: { ...last, result, reason } }, PERSON);
    } else if (last !== null) {
      const reference = SaleReference.parse(`R-${rng.below(6)}`);
      const filed = { reference, soldMs: this.#teller.atMs, currency: 'HKD' };
      const told = rng.chance(0.5) ? filed : {};
      const data = { ...last, soldCents: 100, vatCents: 13, reason, ...told };
      this.#teller.emit({ kind: 'sale.reported', data }, PERSON);
    }
  }
}
