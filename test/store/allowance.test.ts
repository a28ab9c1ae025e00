import { expect, onTestFinished, test } from 'vitest';
import { allowanceLeft } from '../../src/main/engine/api/allowance.ts';
import { queries } from '../../src/shared/contract/queries.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { DAY_MS, hkMidnight } from '../../src/shared/lib/hk-time.ts';
import { readOutcomes } from '../../src/shared/regime/recorded-outcomes.ts';
import type { Regime } from '../../src/shared/regime/regime-file.ts';
import { type CargoBench, cargoBench } from '../kit/cargo-bench.ts';
import { expectRebuilt } from '../kit/expect-rebuilt.ts';
import { consignmentRow, enterpriseRow, lineRow, slotRow, vehicleRow } from '../kit/goods-files.ts';
import { type PeopleBench, peopleBench } from '../kit/people-bench.ts';
import { counting } from '../unit/regime/given.ts';

function leftOf(
  { clock, reader: db }: Pick<PeopleBench | CargoBench, 'clock' | 'reader'>,
  regime: Regime,
  of: 'person' | 'enterprise',
  id: string,
  earlier: readonly PeopleBench[] = [],
) {
  const segments = { all: [...earlier.map((file) => ({ db: file.reader })), { db }] };
  const api = { clock, db, segments, regimes: { at: () => regime } } as never;
  const told = allowanceLeft(api, { of, id });
  return queries['allowance.left'].output.parse(told).allowance;
}

/** The gate of the last admission did not open, or nobody can say whether it did. */
function gateIs(zone: PeopleBench | CargoBench, stage: 'failed' | 'unknown') {
  const { board, command } = must(zone.all('gate.requested').at(-1), 'a command');
  const report = { kind: 'command', board, command, stage } as const;
  zone.run({ kind: 'board', report, receivedMono: zone.clock.monoMs() });
}

test('the first crossing in two days is free, the next are refused until those are over', () => {
  const regime = counting('first-in-special-pass', {
    personAllowance: { every: 2, crossings: 1 },
  });
  const zone = peopleBench(undefined, regime);
  const left = () => leftOf(zone, regime, 'person', 'P-1');
  const today = hkMidnight(zone.clock.wallMs());
  expect(left()).toEqual({
    ...{ fromMs: today - DAY_MS, most: 1, used: 0, left: 1, currency: null },
  });
  zone.crosses(1);
  expect(left()).toMatchObject({ used: 1, left: 0 });
  zone.crosses(1, 2);
  zone.badge(1);
  expect(zone.all('crossing.refused')).toMatchObject([
    { reasons: [{ is: 'within-allowance', detail: 'used-up', params: { used: 1, crossings: 1 } }] },
  ]);
  // Somebody else has their own.
  zone.crosses(2);
  expect(zone.all('crossing.passed').map(({ person }) => person)).toEqual(['P-1', 'P-1', 'P-2']);
  // The last moment of the next day, and the first of the one after it.
  zone.clock.advance(today + 2 * DAY_MS - 1_000 - zone.clock.wallMs());
  zone.badge(1);
  expect(zone.all('crossing.refused')).toHaveLength(2);
  zone.badge(1);
  expect(zone.all('crossing.admitted').at(-1)).toMatchObject({ person: 'P-1' });
  expect(zone.differences()).toEqual([]);
});

test('who was admitted and did not go has used nothing; a correction counts as it says', () => {
  const regime = counting('first-in-special-pass', {
    personAllowance: { every: 'month', crossings: 1 },
  });
  const zone = peopleBench(undefined, regime);
  const used = () => leftOf(zone, regime, 'person', 'P-1')?.used;
  zone.badge(1);
  expect(used()).toBe(1);
  // By what is under way; another rule can be tried on that later.
  zone.badge(1);
  const refused = must(zone.all('crossing.refused')[0], 'a refusal');
  expect(refused.relied.outcomes).toMatch(/\+1\.month$/);
  const kept = readOutcomes(refused.relied.outcomes ?? '');
  const again = { ...regime.settings, personAllowance: { every: 'month', crossings: 2 } } as const;
  expect(kept?.outcome('within-allowance', regime.settings)?.outcome).toBe('failed');
  expect(kept?.outcome('within-allowance', again)?.outcome).toBe('held');
  gateIs(zone, 'failed');
  const { crossing } = must(zone.all('crossing.not-taken')[0], 'a crossing');
  expect(used()).toBe(0);
  const correct = (after: string) => {
    zone.clock.advance(1_000);
    const change = { fact: 'passage', after };
    zone.ask('correction.ask', { crossing, change }, { user: 'u-2', role: 'operator' });
    const { correction } = must(zone.all('correction.asked').at(-1), 'a correction');
    expect(zone.ask('correction.confirm', { correction })).toMatchObject({ ok: true });
  };
  correct('passed');
  expect(used()).toBe(1);
  correct('not-taken');
  expect(used()).toBe(0);
  expect(zone.differences()).toEqual([]);
});

/** Three vehicles of one enterprise, each with goods of 1,000.00. */
function threeVehicles(regime: Regime) {
  const zone = cargoBench(
    {
      enterprises: [enterpriseRow('E-1')],
      consignments: [1, 2, 3].map((n) => consignmentRow(`C-${n}`, { class: 'research' })),
      'consignment-lines': [1, 2, 3].map((n) => lineRow(`C-${n}`, 1, 1_000)),
      vehicles: [1, 2, 3].map((n) => vehicleRow(n)),
      slots: [1, 2, 3].map((n) => slotRow(n, `C-${n}`)),
    },
    { regime },
  );
  onTestFinished(() => zone.close());
  return zone;
}

const GOODS = { enterpriseAllowance: { every: 'month', valueCents: 150_000, currency: 'HKD' } };

test('an enterprise’s goods count by their value, and what is left is known to the cent', () => {
  const regime = counting('first-goods-research', {
    enterpriseAllowance: { every: 'month', valueCents: 250_000, currency: 'HKD' },
  });
  const zone = threeVehicles(regime);
  const left = () => leftOf(zone, regime, 'enterprise', 'E-1');
  for (const n of [1, 2]) {
    zone.tag(n);
    zone.badge(n);
    zone.goes();
  }
  expect(left()).toMatchObject({ used: 200_000, left: 50_000, most: 250_000, currency: 'HKD' });
  zone.tag(3);
  zone.badge(3);
  expect(zone.all('crossing.refused')).toMatchObject([
    { reasons: [{ is: 'within-allowance', params: { left: '500.00', currency: 'HKD' } }] },
  ]);
  expect(left()).toMatchObject({ used: 200_000 });
  expectRebuilt(zone);
});

test('two consignments of one enterprise in one vehicle are held against the rest together', () => {
  const zone = threeVehicles(counting('first-goods-research', GOODS));
  zone.load('slots', [slotRow(1, 'C-1'), slotRow(1, 'C-2', 'S-2')]);
  zone.tag(1);
  zone.badge(1);
  expect(zone.all('crossing.refused')).toMatchObject([
    { reasons: [{ is: 'within-allowance', params: { left: '500.00', currency: 'HKD' } }] },
  ]);
  expectRebuilt(zone);
});

test('of two vehicles under way at once the second is held against what the first may use', () => {
  const regime = counting('first-goods-research', GOODS);
  const zone = threeVehicles(regime);
  const left = () => leftOf(zone, regime, 'enterprise', 'E-1');
  const asks = (n: number) => {
    zone.tag(n);
    zone.badge(n);
  };
  asks(1);
  expect(left()).toMatchObject({ used: 100_000, left: 50_000 });
  asks(2);
  expect(zone.all('crossing.refused')).toMatchObject([
    { reasons: [{ is: 'within-allowance', params: { left: '500.00', currency: 'HKD' } }] },
  ]);
  // The refused one holds nothing, nor does the first where it did not go.
  expect(left()).toMatchObject({ used: 100_000, left: 50_000 });
  gateIs(zone, 'failed');
  expect(zone.all('crossing.not-taken')).toHaveLength(1);
  expect(left()).toMatchObject({ used: 0, left: 150_000 });
  asks(2);
  zone.goes();
  expect(zone.all('crossing.passed')).toHaveLength(1);
  expect(left()).toMatchObject({ used: 100_000, left: 50_000 });
  expectRebuilt(zone);
});

test.each([
  ['loop' as const, 100_000],
  ['beyond-first' as const, 0],
])('an unknown passage is held until somebody says: %s', (place, used) => {
  const regime = counting('first-goods-research', GOODS);
  const zone = threeVehicles(regime);
  const left = () => leftOf(zone, regime, 'enterprise', 'E-1')?.used;
  zone.tag(1);
  zone.badge(1);
  gateIs(zone, 'unknown');
  expect(zone.all('crossing.unknown')).toHaveLength(1);
  expect(left()).toBe(100_000);
  zone.tag(2);
  zone.badge(2);
  expect(zone.all('crossing.refused')).toHaveLength(1);
  expectRebuilt(zone);
  zone.ask('presence.set', { person: 'P-1', place });
  expect(left()).toBe(used);
  expectRebuilt(zone);
});

test('what was counted in an earlier file counts in the next one too', () => {
  const regime = counting('first-in-special-pass', {
    personAllowance: { every: 'month', crossings: 5 },
  });
  const [earlier, live] = [peopleBench(undefined, regime), peopleBench(undefined, regime)];
  earlier.crosses(1);
  earlier.crosses(1, 2);
  live.crosses(1);
  const left = (files: readonly PeopleBench[]) => leftOf(live, regime, 'person', 'P-1', files);
  expect(left([])).toMatchObject({ used: 1 });
  expect(left([earlier])).toMatchObject({ used: 2, left: 3 });
});
