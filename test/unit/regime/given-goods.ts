import type { ConsignmentId, ItemId, VehicleId } from '../../../src/shared/domain/ids.ts';
import { EnterpriseId } from '../../../src/shared/domain/ids.ts';
import type { ConsignmentFacts, ItemFacts } from '../../../src/shared/regime/consignment-facts.ts';
import type { OriginInput } from '../../../src/shared/regime/origin.ts';
import type { VehicleFacts } from '../../../src/shared/regime/vehicle-facts.ts';
import { COMMUTER, hk, LOOP, NOON } from './given.ts';

export const WORKS = EnterpriseId.parse('E-9');
const YEAR_BEGINS = hk('2026-01-01T00:00:00');
const YEAR_ENDS = hk('2027-01-01T00:00:00');

/** Goods for 10,000.00: 20 % Hong Kong's, 15 % the mainland's, 15 % labour and development. */
export const CONTENT: OriginInput = {
  fobCents: 1_000_000,
  labourCents: 100_000,
  developmentCents: 50_000,
  hongKongCents: 200_000,
  mainlandCents: 150_000,
  partnersCents: 100_000,
  othersCents: 200_000,
};

export const SAMPLE: ItemFacts = {
  item: 'IT-1' as ItemId,
  sort: 'sample',
  mustNotStay: true,
  isInCustody: false,
};

/** Goods of a registered enterprise with all their papers, before the first line at noon. */
export const GOODS: ConsignmentFacts = {
  atMs: NOON,
  line: 'first',
  direction: 'in',
  kind: 'consignment',
  class: 'registered-enterprise',
  from: 'beyond-first',
  to: LOOP,
  laneTakes: ['consignment'],
  laneLocked: false,
  consignment: 'K-1' as ConsignmentId,
  enterprise: {
    enterprise: WORKS,
    registered: { fromMs: YEAR_BEGINS, toMs: null },
    roster: [{ roster: 'tenants', fromMs: YEAR_BEGINS, toMs: null }],
    tier: 'authorised',
  },
  declaration: { status: 'cleared', untilMs: YEAR_ENDS },
  seal: { declared: 'S-100', read: 'S-100', isBroken: false },
  certificate: {
    certificate: 'C-1',
    laboratory: 'LAB-1',
    isDesignated: true,
    fromMs: YEAR_BEGINS,
    toMs: YEAR_ENDS,
    isMadeInZone: true,
  },
  origin: CONTENT,
  suspended: { consignment: false, enterprise: false },
  watchlisted: false,
  items: [],
  valueCents: 1_000_000,
  taxPaid: { vatCents: 130_000, consumptionTaxCents: 0 },
  importTax: null,
};

export function goods(changes: Partial<ConsignmentFacts>): ConsignmentFacts {
  return { ...GOODS, ...changes };
}

/** A registered vehicle with the commuter at the wheel and the goods aboard. */
export const LORRY: VehicleFacts = {
  atMs: NOON,
  line: 'first',
  direction: 'in',
  kind: 'vehicle',
  class: 'registered',
  from: 'beyond-first',
  to: LOOP,
  laneTakes: ['vehicle'],
  laneLocked: false,
  vehicle: 'V-1' as VehicleId,
  enterprise: WORKS,
  suspended: { vehicle: false, enterprise: false },
  watchlisted: false,
  driver: COMMUTER,
  consignments: [GOODS],
};

export function lorry(changes: Partial<VehicleFacts>): VehicleFacts {
  return { ...LORRY, ...changes };
}
