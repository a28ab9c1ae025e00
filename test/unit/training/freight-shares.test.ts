import { expect, test } from 'vitest';
import { DatasetText } from '../../../src/main/engine/reference/parse.ts';
import type { Consignment, ConsignmentLine, Enterprise } from '../../../src/shared/domain/goods.ts';
import type { GoodsDataset } from '../../../src/shared/domain/permit.ts';
import type { ConsignmentFacts } from '../../../src/shared/regime/consignment-facts.ts';
import { evaluate } from '../../../src/shared/regime/evaluate.ts';
import { SHIPPED_REGIMES, type ShippedRegime } from '../../../src/shared/regime/shipped.ts';
import { seedNumber } from '../../../src/training/chance.ts';
import { goodsText } from '../../../src/training/freight/rows.ts';
import { FREIGHT_DAYS, type Freight, MAX_TRUCKS } from '../../../src/training/freight/trips.ts';
import { Badges } from '../../../src/training/people/badges.ts';
import { crossing, hk, shippedRegime } from '../regime/given.ts';
import { GOODS, goods } from '../regime/given-goods.ts';

/** A week of as many trucks as a zone may have. */
const freight: Freight = {
  ...{ seed: seedNumber('shares'), people: 500, trucks: MAX_TRUCKS },
  fromDay: Math.floor(hk('2026-03-02T08:00:00') / 86_400_000),
};
const text = goodsText(freight, new Badges(freight.seed), 2026);

function rowsOf<R>(dataset: GoodsDataset): R[] {
  const read = new DatasetText(dataset, 'csv', [text[dataset]], dataset);
  return [...read.rows()].map(({ row }) => row as R);
}
const enterprises = new Map(
  rowsOf<Enterprise>('enterprises').map((one) => [String(one.enterprise), one]),
);
const consignments = rowsOf<Consignment>('consignments');
const lines = rowsOf<ConsignmentLine>('consignment-lines');
const wayOf = ({ consignment }: { readonly consignment: string }) =>
  consignment.endsWith('-in') ? 'in' : 'out';

function shareOf<T>(list: readonly T[], is: (one: T) => boolean): number {
  return list.filter(is).length / list.length;
}

test('a third of what comes in is for research, half of what leaves was made in the zone', () => {
  expect(consignments).toHaveLength(MAX_TRUCKS * FREIGHT_DAYS * 2);
  const classes = (way: string, of: string) =>
    shareOf(
      consignments.filter((one) => wayOf(one) === way),
      (one) => one.class === of,
    );
  expect(classes('in', 'research')).toBeCloseTo(1 / 3, 1);
  expect(classes('in', 'registered-enterprise')).toBeCloseTo(2 / 3, 1);
  expect(classes('out', 'zone-origin')).toBeCloseTo(1 / 2, 1);
  expect(classes('out', 'registered-enterprise')).toBeCloseTo(1 / 2, 1);
});

test('one truck in ten is one that a person must look at, one firm in twenty is suspended', () => {
  const vehicles = rowsOf<{ readonly class: string }>('vehicles');
  expect(shareOf(vehicles, (one) => one.class === 'other')).toBe(0.1);
  expect(shareOf([...enterprises.values()], ({ status }) => status === 'suspended')).toBe(0.05);
  const ofSuspended = ({ enterprise }: Consignment) =>
    enterprises.get(String(enterprise))?.status === 'suspended';
  const share = shareOf(consignments, ofSuspended);
  expect(share).toBeGreaterThan(0.03);
  expect(share).toBeLessThan(0.07);
});

test('samples are followed, and nothing else is', () => {
  const of = new Map(consignments.map((one) => [one.consignment, one.class]));
  for (const { consignment, item, mustNotStay } of lines) {
    const isFollowed = of.get(consignment) === 'research';
    expect([item !== null, mustNotStay]).toEqual([isFollowed, isFollowed]);
  }
});

/** What the console will know of a consignment whose lock was read whole. */
function factsOf(row: Consignment): ConsignmentFacts {
  const { area: _area, presence: _presence, ...where } = crossing('first', wayOf(row));
  const firm = enterprises.get(String(row.enterprise));
  const own = lines.filter(({ consignment }) => consignment === row.consignment);
  return goods({
    ...where,
    ...{ class: row.class, consignment: row.consignment, origin: row.origin, certificate: null },
    ...{ declaration: null, importTax: row.importTax, taxPaid: row.taxPaid },
    enterprise:
      GOODS.enterprise === null || firm === undefined
        ? null
        : { ...GOODS.enterprise, enterprise: firm.enterprise, tier: firm.tier },
    suspended: { consignment: false, enterprise: firm?.status === 'suspended' },
    valueCents: own.reduce((sum, { valueCents }) => sum + valueCents, 0),
  });
}

/** By reason, of the goods that the regime does not admit. */
function keptOut(regime: ShippedRegime, of: readonly Consignment[]): Record<string, number> {
  const rules = shippedRegime(regime);
  const because: Record<string, number> = {};
  for (const row of of) {
    const { reasons, verdict } = evaluate(rules, factsOf(row));
    const why = reasons[0]?.is ?? 'by-rule';
    if (verdict !== 'admit') because[why] = (because[why] ?? 0) + 1;
  }
  return because;
}

const ON_A_BRIDGE = 'hetao-two-parks';
const OTHERS = SHIPPED_REGIMES.filter((name) => name !== ON_A_BRIDGE);

test.each(OTHERS)('%s: only those of a suspended firm are kept out', (regime) => {
  const { 'not-suspended': suspended = 0, ...rest } = keptOut(regime, consignments);
  expect(rest).toEqual({});
  expect(suspended / consignments.length).toBeGreaterThan(0.03);
  expect(suspended / consignments.length).toBeLessThan(0.07);
});

test('over the bridge of two parks goes what is for research, and by rule nothing else', () => {
  const isResearch = (one: Consignment) => one.class === 'research';
  const research = consignments.filter(isResearch);
  const { 'not-suspended': suspended = 0, ...rest } = keptOut(ON_A_BRIDGE, research);
  expect(rest).toEqual({});
  expect(suspended / research.length).toBeLessThan(0.07);
  const others = consignments.filter((one) => !isResearch(one));
  expect(keptOut(ON_A_BRIDGE, others)).toEqual({ 'by-rule': others.length });
});
