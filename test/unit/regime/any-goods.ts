import fc from 'fast-check';
import { EnterpriseTier } from '../../../src/shared/domain/enterprise.ts';
import type { ConsignmentId, ItemId, VehicleId } from '../../../src/shared/domain/ids.ts';
import { CONSIGNMENT_CLASSES, VEHICLE_CLASSES } from '../../../src/shared/domain/line.ts';
import type { ConsignmentFacts } from '../../../src/shared/regime/consignment-facts.ts';
import type { CrossingFacts } from '../../../src/shared/regime/facts.ts';
import type { OriginInput } from '../../../src/shared/regime/origin.ts';
import type { VehicleFacts } from '../../../src/shared/regime/vehicle-facts.ts';
import { anyFacts, anyPassage, anyRoster, moment } from './any-facts.ts';
import { WORKS } from './given-goods.ts';

/** Mostly amounts that can be, a few that cannot. */
const cents = fc.oneof(
  { weight: 30, arbitrary: fc.nat({ max: 1_000_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(-1, 0.5, 1e15, Number.NaN) },
);
const part = fc.oneof(
  { weight: 30, arbitrary: fc.nat({ max: 150_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(-1, 0.5, 1e15) },
);

export const anyOrigin: fc.Arbitrary<OriginInput> = fc.record({
  fobCents: fc.oneof(fc.constant(1_000_000), cents),
  labourCents: part,
  developmentCents: part,
  hongKongCents: part,
  mainlandCents: part,
  partnersCents: part,
  othersCents: fc.oneof(part, fc.nat({ max: 800_000 })),
});

const seal = fc.record({
  declared: fc.constantFrom('S-1', 'S-2'),
  read: fc.option(fc.constantFrom('S-1', 'S-2')),
  isBroken: fc.boolean(),
});

const enterprise = fc.record({
  enterprise: fc.constant(WORKS),
  registered: fc.option(fc.record({ fromMs: moment, toMs: fc.option(moment) })),
  roster: anyRoster,
  tier: fc.option(fc.constantFrom(...EnterpriseTier.options)),
});

const item = fc.record({
  item: fc.constantFrom('IT-1' as ItemId, 'IT-2' as ItemId),
  sort: fc.constantFrom('sample' as const, 'data-medium' as const),
  mustNotStay: fc.boolean(),
  isInCustody: fc.boolean(),
});

/** Any consignment, sensible or not. */
export const anyConsignment: fc.Arbitrary<ConsignmentFacts> = fc
  .record({
    class: fc.constantFrom(...CONSIGNMENT_CLASSES),
    consignment: fc.option(fc.constant('K-1' as ConsignmentId)),
    enterprise: fc.option(enterprise),
    declaration: fc.option(
      fc.record({
        status: fc.constantFrom('filed' as const, 'cleared' as const, 'rejected' as const),
        untilMs: fc.option(moment),
      }),
    ),
    seal: fc.option(seal),
    certificate: fc.option(
      fc.record({
        certificate: fc.constant('C-1'),
        laboratory: fc.constant('LAB-1'),
        isDesignated: fc.boolean(),
        fromMs: moment,
        toMs: moment,
        isMadeInZone: fc.boolean(),
      }),
    ),
    origin: fc.option(anyOrigin),
    suspended: fc.record({ consignment: fc.boolean(), enterprise: fc.boolean() }),
    watchlisted: fc.boolean(),
    items: fc.array(item, { maxLength: 3 }),
    valueCents: fc.option(cents),
    currency: fc.constantFrom('CNY', 'HKD', null),
    allowanceUsed: fc.option(fc.nat({ max: 1_000_000 })),
    taxPaid: fc.option(fc.record({ vatCents: cents, consumptionTaxCents: cents })),
    importTax: fc.option(fc.constantFrom('deferral' as const, 'combined-rate' as const)),
  })
  .chain((own) =>
    anyPassage.map((passage) => ({ ...passage, ...own, kind: 'consignment' as const })),
  );

const anyVehicle: fc.Arbitrary<VehicleFacts> = fc
  .record({
    class: fc.constantFrom(...VEHICLE_CLASSES),
    vehicle: fc.option(fc.constant('V-1' as VehicleId)),
    enterprise: fc.option(fc.constant(WORKS)),
    suspended: fc.record({ vehicle: fc.boolean(), enterprise: fc.boolean() }),
    watchlisted: fc.boolean(),
    driver: anyFacts,
    consignments: fc.array(anyConsignment, { maxLength: 3 }),
  })
  .chain((own) => anyPassage.map((passage) => ({ ...passage, ...own, kind: 'vehicle' as const })));

/** Whoever or whatever may ask to cross. */
export const anyCrossing: fc.Arbitrary<CrossingFacts> = fc.oneof(
  { weight: 3, arbitrary: anyFacts },
  { weight: 2, arbitrary: anyConsignment },
  { weight: 1, arbitrary: anyVehicle },
);
