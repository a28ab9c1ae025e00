import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { Segments } from '../../src/main/engine/journal/segments.ts';
import { custodyAtEnd } from '../../src/main/engine/reports/custody-at-end.ts';
import { CustodyStep } from '../../src/shared/domain/goods-steps.ts';
import { hkDay } from '../../src/shared/lib/hk-time.ts';
import { type CargoBench, cargoBench } from '../kit/cargo-bench.ts';
import { expectRebuilt } from '../kit/expect-rebuilt.ts';
import { consignmentRow, enterpriseRow, lineRow, slotRow, vehicleRow } from '../kit/goods-files.ts';

const DAY_MS = 86_400_000;
const ITEM = { consignment: 'C-1', item: 'IT-1' } as const;

function bench(): CargoBench {
  const made = cargoBench({
    enterprises: [enterpriseRow('E-1')],
    consignments: [consignmentRow('C-1', { class: 'research' })],
    'consignment-lines': [lineRow('C-1', 1, 1, 'IT-1')],
    vehicles: [vehicleRow(1)],
    slots: [slotRow(1, 'C-1')],
  });
  onTestFinished(() => made.close());
  return made;
}

/** True where the vehicle went through; one that is on the wrong side is referred. */
function crosses(of: CargoBench, door: number): boolean {
  const before = of.all('crossing.passed').length;
  of.tag(1, door);
  of.badge(1, door);
  of.goes(door);
  return of.all('crossing.passed').length > before;
}

test('the day’s end lists what stood open then, with the step that it had then', () => {
  const zone = bench();
  const segments = new Segments([zone.reader]);
  const first = hkDay(zone.clock.wallMs());
  crosses(zone, 1);
  const sinceMs = zone.rows('SELECT since_ms FROM custody')[0]?.since_ms;
  const row = { ...ITEM, enterprise: 'E-1', step: 'in', sinceMs };
  expect(custodyAtEnd(segments, first)).toEqual({ open: 1, rows: [row] });
  zone.clock.advance(DAY_MS);
  const second = hkDay(zone.clock.wallMs());
  zone.ask('custody.record', { ...ITEM, step: 'transported' });
  zone.clock.advance(DAY_MS);
  zone.ask('custody.record', { ...ITEM, step: 'destroyed' });
  const third = hkDay(zone.clock.wallMs());
  expect(custodyAtEnd(segments, first)).toEqual({ open: 1, rows: [row] });
  expect(custodyAtEnd(segments, second).rows).toEqual([{ ...row, step: 'transported' }]);
  expect(custodyAtEnd(segments, third)).toEqual({ open: 0, rows: [] });
  expectRebuilt(zone);
});

test('a thing that is no more and crosses all the same is an incident', () => {
  const zone = bench();
  crosses(zone, 1);
  zone.ask('custody.record', { ...ITEM, step: 'destroyed' });
  expect(zone.all('incident.raised')).toEqual([]);
  crosses(zone, 2);
  expect(zone.all('incident.raised')).toMatchObject([
    { type: 'custody-impossible', params: { items: 'C-1 IT-1 destroyed' } },
  ]);
});

test('a step that cannot follow is refused with what can be recorded', () => {
  const zone = bench();
  const record = (step: CustodyStep) => zone.ask('custody.record', { ...ITEM, step });
  expect(record('used')).toMatchObject({
    ok: false,
    fault: { code: 'step-order', text: expect.stringContaining('declared, transported, in') },
  });
  expect(record('declared')).toMatchObject({ ok: true });
  expect(record('used')).toMatchObject({ ok: false, fault: { code: 'step-order' } });
  expect(record('in')).toMatchObject({ ok: true });
  expect(record('declared')).toMatchObject({ ok: false, fault: { code: 'step-order' } });
  expect(record('used')).toMatchObject({ ok: true });
  expect(record('in')).toMatchObject({ ok: false, fault: { code: 'not-open' } });
});

/** What may be recorded after what, written out once more by hand. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  none: ['declared', 'transported', 'in'],
  declared: ['transported', 'in', 'out', 'destroyed'],
  transported: ['in', 'out', 'destroyed'],
  in: ['transported', 'out', 'used', 'destroyed'],
  out: ['declared', 'transported', 'in'],
};
const ODD_IN = new Set(['in', 'used', 'destroyed']);
const ODD_OUT = new Set(['declared', 'out', 'used', 'destroyed']);
const OPEN = new Set(['declared', 'transported', 'in']);

test('property: custody is what became of the thing; no impossible step goes unnoticed', () => {
  const act = fc.oneof(
    fc.constantFrom('cross-in' as const, 'cross-out' as const),
    fc.constantFrom(...CustodyStep.options),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 14 }), (acts) => {
      const zone = bench();
      let step = 'none';
      let odd = 0;
      for (const what of acts) {
        if (what === 'cross-in' || what === 'cross-out') {
          const isIn = what === 'cross-in';
          if (!crosses(zone, isIn ? 1 : 2)) continue;
          if ((isIn ? ODD_IN : ODD_OUT).has(step)) odd += 1;
          if (isIn) step = 'in';
          else if (OPEN.has(step)) step = 'out';
        } else {
          const answer = zone.ask('custody.record', { ...ITEM, step: what });
          expect(answer?.ok).toBe(MAY[step]?.includes(what) === true);
          if (answer?.ok === true) step = what;
        }
      }
      const [row = { step: 'none' }] = zone.rows('SELECT step FROM custody');
      expect(row.step).toBe(step);
      const open = zone.rows('SELECT count(*) AS n FROM custody_step WHERE until_ms IS NULL');
      expect(open).toEqual([{ n: OPEN.has(step) ? 1 : 0 }]);
      const told = zone.all('incident.raised').filter(({ type }) => type === 'custody-impossible');
      expect(told).toHaveLength(odd);
      expectRebuilt(zone);
    }),
    { numRuns: 16 },
  );
});
