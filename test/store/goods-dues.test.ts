import { expect, onTestFinished, test } from 'vitest';
import { goodsConsignment } from '../../src/main/engine/api/goods-consignments.ts';
import { goodsEnterprise } from '../../src/main/engine/api/goods-enterprises.ts';
import { Segments } from '../../src/main/engine/journal/segments.ts';
import type { EnterpriseId } from '../../src/shared/domain/ids.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { type CargoBench, cargoBench } from '../kit/cargo-bench.ts';
import { expectRebuilt } from '../kit/expect-rebuilt.ts';
import { consignmentRow, enterpriseRow, lineRow, slotRow, vehicleRow } from '../kit/goods-files.ts';
import { value } from '../kit/journal-kit.ts';

/** All of it made in Hong Kong: whatever the regime asks of its origin is met. */
const OWN = '10000|2000|1000|6000|0|0|1000';
const ZONE_ORIGIN = { class: 'zone-origin', origin: OWN } as const;

function bench(consignments: readonly string[], more: Parameters<typeof cargoBench>[1] = {}) {
  const made = cargoBench(
    {
      enterprises: [enterpriseRow('E-1')],
      consignments,
      'consignment-lines': [lineRow('C-1', 1, 3), lineRow('C-1', 2, 2), lineRow('C-2', 1, 1)],
      vehicles: [vehicleRow(1), vehicleRow(2)],
      slots: [slotRow(1, 'C-1'), slotRow(2, 'C-2')],
    },
    more,
  );
  onTestFinished(() => made.close());
  return made;
}

function crosses(of: CargoBench, n: number, door: number): void {
  of.tag(n, door);
  of.badge(n, door);
  of.goes(door);
}

/** What the screens show of the enterprise that all of it belongs to. */
function shown({ reader: db, lookup: reference, clock }: CargoBench) {
  const segments = new Segments([db]);
  const deps = { db, segments, reference, clock };
  return value(goodsEnterprise(deps, { enterprise: 'E-1' as EnterpriseId }));
}

test('given Hengqin, when goods come in over the second line, their taxes are refundable', () => {
  const second = { regime: 'hengqin', checkpoint: 'second-1' };
  const zone = bench(
    [
      consignmentRow('C-1', { class: 'general', declared: 'cleared', taxPaid: [12_345, 678] }),
      consignmentRow('C-2', { class: 'general', declared: 'cleared' }),
    ],
    second,
  );
  crosses(zone, 1, 3);
  crosses(zone, 2, 3);
  // What goes out again refunds nothing.
  crosses(zone, 1, 4);
  const { refunds, importTaxes, deferrals } = shown(zone);
  expect(refunds).toMatchObject([
    { consignment: 'C-2', vatCents: null, consumptionTaxCents: null },
    { consignment: 'C-1', currency: 'HKD', vatCents: 12_345, consumptionTaxCents: 678 },
  ]);
  expect([importTaxes, deferrals]).toEqual([[], []]);
  expectRebuilt(zone);
});

test('given a referred vehicle, when nobody lets it in, then nothing is refundable', () => {
  const zone = bench([consignmentRow('C-1', { class: 'general', taxPaid: [100, 0] })], {
    ...{ regime: 'hengqin', checkpoint: 'second-1' },
  });
  zone.tag(1, 3);
  zone.badge(1, 3);
  expect(zone.all('crossing.referred')).toHaveLength(1);
  expect(shown(zone).refunds).toEqual([]);
});

test('given the combined rate, when zone goods leave, then its tax is kept to the cent', () => {
  const zone = bench([
    consignmentRow('C-1', { ...ZONE_ORIGIN, importTax: 'combined-rate' }),
    consignmentRow('C-2', { ...ZONE_ORIGIN, importTax: 'deferral' }),
  ]);
  crosses(zone, 1, 2);
  crosses(zone, 2, 2);
  const { importTaxes, deferrals, refunds } = shown(zone);
  // 5 pieces at 1.00 are 500 cents; 9.1 % of them are 45.5, half up 46.
  expect(importTaxes).toMatchObject([
    { consignment: 'C-1', valueCents: 500, rateHundredths: 910, taxCents: 46 },
  ]);
  // The other importer chose to pay later: 13 % of 100 cents.
  expect(deferrals).toMatchObject([{ consignment: 'C-2', valueCents: 100, vatCents: 13 }]);
  expect(refunds).toEqual([]);
  expectRebuilt(zone);
});

test('given a recognised certificate, when the goods leave, they are exempt on record', () => {
  const zone = bench([
    consignmentRow('C-1', { ...ZONE_ORIGIN, certificateTo: '2099-01-01T00:00+08:00' }),
    consignmentRow('C-2', { ...ZONE_ORIGIN, certificateTo: '2026-02-01T00:00+08:00' }),
  ]);
  crosses(zone, 1, 2);
  crosses(zone, 2, 2);
  expect(shown(zone).exempted).toMatchObject([
    { consignment: 'C-1', certificate: 'CERT-C-1', laboratory: 'HKAS 012' },
  ]);
  expect(zone.all('crossing.passed')).toHaveLength(2);
  expectRebuilt(zone);
});

test('a consignment shows its lines, what crossed of it in what, and what that started', () => {
  const zone = bench([consignmentRow('C-1', { ...ZONE_ORIGIN, importTax: 'combined-rate' })]);
  zone.load('consignment-lines', [lineRow('C-1', 1, 3, 'IT-1', 'HK 301234567')]);
  crosses(zone, 1, 2);
  const { reader: db, lookup: reference } = zone;
  const deps = { db, segments: new Segments([db]), reference };
  const found = value(goodsConsignment(deps, { consignment: 'C-1' as never }));
  const { crossing } = must(zone.all('cargo.asked')[0], 'crossing');
  expect(found).toMatchObject({
    consignment: { consignment: 'C-1', enterprise: 'E-1', cargoReference: 'CCRN-C-1' },
    lines: [{ line: 1, marks: 'HK 301234567', item: 'IT-1', custody: null }],
    passages: [{ crossing, line: 'first', direction: 'out', vehicle: 'V-1' }],
    importTaxes: [{ crossing, taxCents: 27 }],
  });
  const none = goodsConsignment(deps, { consignment: 'C-9' as never });
  expect(none).toMatchObject({ ok: false, fault: { code: 'not-found', where: 'C-9' } });
});
