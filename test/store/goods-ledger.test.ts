import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { goodsOverview } from '../../src/main/engine/api/goods.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { taxOf } from '../../src/shared/lib/money.ts';
import { type CargoBench, cargoBench } from '../kit/cargo-bench.ts';
import { expectRebuilt } from '../kit/expect-rebuilt.ts';
import { consignmentRow, enterpriseRow, lineRow, slotRow, vehicleRow } from '../kit/goods-files.ts';
import { value } from '../kit/journal-kit.ts';

const PIECES = { enterprise: 'E-1', hsCode: '900190', unit: 'piece' } as const;
/** All of it made in Hong Kong: whatever the regime asks of its origin is met. */
const OWN = '10000|2000|1000|6000|0|0|1000';

function bench(): CargoBench {
  const made = cargoBench({
    enterprises: [enterpriseRow('E-1')],
    consignments: [
      consignmentRow('C-1', { class: 'general', declared: 'cleared' }),
      consignmentRow('C-2', { class: 'research' }),
      consignmentRow('C-3'),
      consignmentRow('C-4', { class: 'zone-origin', origin: OWN }),
    ],
    'consignment-lines': [
      ...[lineRow('C-1', 1, 7), lineRow('C-2', 1, 1, 'IT-1'), lineRow('C-3', 1, 5)],
      lineRow('C-4', 1, 3),
    ],
    vehicles: [1, 2, 3, 4].map((n) => vehicleRow(n)),
    slots: [1, 2, 3, 4].map((n) => slotRow(n, `C-${n}`)),
  });
  onTestFinished(() => made.close());
  return made;
}

function crosses(of: CargoBench, n: number, door = 1): void {
  of.tag(n, door);
  of.badge(n, door);
  of.goes(door);
}

test('what came in, was used and left again is matched; the rest is always known', () => {
  const zone = bench();
  crosses(zone, 1);
  expect(zone.ask('goods.record-use', { ...PIECES, quantity: 3, how: 'used' })).toMatchObject({
    ok: true,
  });
  expect(zone.rows('SELECT came_in, used, rest FROM goods_balance')).toEqual([
    { came_in: 7, used: 3, rest: 4 },
  ]);
  const more = zone.ask('goods.record-use', { ...PIECES, quantity: 5, how: 'destroyed' });
  expect(more).toMatchObject({ ok: false, fault: { code: 'over-balance' } });
  expect(zone.all('incident.raised')).toEqual([]);
  crosses(zone, 1, 2);
  expect(zone.rows('SELECT went_out, rest FROM goods_balance')).toEqual([
    { went_out: 7, rest: -3 },
  ]);
  expect(zone.all('incident.raised')).toMatchObject([
    { type: 'balance-negative', params: { goods: 'E-1 900190 piece' } },
  ]);
  expect(zone.rows('SELECT line, direction, quantity FROM goods_day')).toEqual([
    { line: 'first', direction: 'in', quantity: 7 },
    { line: 'first', direction: 'out', quantity: 7 },
  ]);
  expectRebuilt(zone);
});

test('each step of a vehicle has its time, and one over 100 s is told', () => {
  const zone = bench();
  crosses(zone, 1);
  zone.tag(2);
  zone.clock.advance(15_000);
  zone.badge(2);
  zone.clock.advance(4_000);
  zone.goes();
  const told = goodsOverview({ db: zone.reader });
  expect(told).toMatchObject({
    ok: true,
    value: {
      balances: [{ ...PIECES, cameIn: 8, rest: 8 }],
      custody: [{ consignment: 'C-2', item: 'IT-1', step: 'in' }],
      vehicles: [
        { vehicle: 'V-2', pairingMs: 16_000, decidingMs: 0, state: 'passed', isSlow: false },
        { vehicle: 'V-1', pairingMs: 1_000, passingMs: 0, isSlow: false },
      ],
    },
  });
  const referred = () => value(goodsOverview({ db: zone.reader })).vehicles[0];
  zone.tag(3);
  zone.badge(3);
  zone.clock.advance(100_000);
  const none = { openingMs: null, passingMs: null, wholeMs: null };
  const [waiting] = zone.all('crossing.referred');
  expect(referred()).toMatchObject({ vehicle: 'V-3', state: 'referred', ...none });
  zone.ask('lock.report', { vehicle: 'V-3', lock: 'LOCK-3', state: 'locked' });
  const { exception } = waiting ?? {};
  expect(zone.ask('exception.admit', { exception })).toMatchObject({ ok: true });
  expect(referred()).toMatchObject({ state: 'admitted', decidingMs: 101_000, ...none });
  zone.goes();
  expect(referred()).toMatchObject({ state: 'passed', wholeMs: 102_000, isSlow: true });
});

test.each([
  ['tag', 'badge'],
  ['badge', 'tag'],
] as const)(
  'one decision reads the regime once, whichever half is read last: %s, %s',
  (...halves) => {
    const zone = bench();
    const reads = vi.spyOn(zone.regimes, 'at');
    const counts = halves.map((half) => {
      reads.mockClear();
      zone[half](1);
      return reads.mock.calls.length;
    });
    expect(counts).toEqual([1, 1]);
    expect(zone.all('crossing.admitted')).toHaveLength(1);
  },
);

test('a half that came too long before the other one does not count', () => {
  const zone = bench();
  zone.tag(1);
  zone.clock.advance(20_000);
  zone.badge(1);
  expect(zone.all('crossing.asked')).toEqual([]);
  zone.tag(1);
  expect(zone.all('crossing.asked')).toHaveLength(1);
});

test('a thing in custody is followed to its end, and nothing becomes of it after that', () => {
  const zone = bench();
  crosses(zone, 2);
  const which = { consignment: 'C-2', item: 'IT-1' } as const;
  const open = 'SELECT item, step FROM custody WHERE ended_ms IS NULL';
  expect(zone.rows(open)).toEqual([{ item: 'IT-1', step: 'in' }]);
  expect(zone.ask('custody.record', { ...which, step: 'destroyed' })).toMatchObject({
    ok: true,
  });
  expect(zone.rows(open)).toEqual([]);
  const again = zone.ask('custody.record', { ...which, step: 'used' });
  expect(again).toMatchObject({ ok: false, fault: { code: 'not-open' } });
  const other = zone.ask('custody.record', { ...which, item: 'IT-9', step: 'in' });
  expect(other).toMatchObject({ ok: false, fault: { code: 'not-found' } });
  expectRebuilt(zone);
});

test('the green lane needs its lock read whole; a tampered one is an incident', () => {
  const zone = bench();
  crosses(zone, 3);
  expect(zone.all('crossing.referred')).toMatchObject([
    { reasons: [{ is: 'seal-intact', detail: 'not-read' }] },
  ]);
  const lock = { vehicle: 'V-3', lock: 'LOCK-3' };
  zone.ask('lock.report', { ...lock, state: 'tampered' });
  expect(zone.all('incident.raised')).toMatchObject([{ type: 'lock-tampered', priority: 1 }]);
  zone.ask('lock.report', { ...lock, state: 'locked' });
  crosses(zone, 3);
  expect(zone.all('crossing.admitted')).toHaveLength(1);
  expect(zone.all('audit.drawn')).toMatchObject([{ consignment: 'C-3', seed: 'seed of March' }]);
  expectRebuilt(zone);
});

test('a vehicle that was admitted and did not go owes no audit', () => {
  const zone = bench();
  zone.ask('lock.report', { vehicle: 'V-3', lock: 'LOCK-3', state: 'locked' });
  zone.tag(3);
  zone.badge(3);
  expect(zone.rows('SELECT consignment FROM audit')).toEqual([{ consignment: 'C-3' }]);
  const { board, command } = must(zone.all('gate.requested')[0], 'command');
  const report = { kind: 'command', board, command, stage: 'failed' } as const;
  zone.run({ kind: 'board', report, receivedMono: zone.clock.monoMs() });
  expect(zone.all('crossing.not-taken')).toHaveLength(1);
  const owed = 'SELECT consignment FROM audit WHERE is_void = 0';
  expect(zone.rows(owed)).toEqual([]);
  const [{ crossing } = { crossing: 'X1-1' }] = zone.all('audit.drawn');
  const done = { crossing, consignment: 'C-3', result: 'in-order' };
  expect(zone.ask('audit.record', done)).toMatchObject({ fault: { code: 'not-found' } });
  expectRebuilt(zone);
});

test('what was drawn and not audited in time is told once', () => {
  const zone = bench();
  const crossing = 'X1-1';
  const draw = { regime: 'cma-buffer-zone', regimeVersion: 1, seed: 'seed of March' };
  const byMs = zone.clock.wallMs() + 86_400_000;
  const of = { crossing, consignment: 'C-3', enterprise: 'E-1', byMs };
  const data = { ...of, ...draw, percent: 5, number: 1, isDrawn: true } as never;
  const events = [{ kind: 'audit.drawn', data } as const];
  zone.run({ kind: 'noted', events, actor: { type: 'console' } }, { kind: 'due' });
  expect(zone.all('audit.overdue')).toEqual([]);
  zone.clock.advance(86_400_000);
  zone.run({ kind: 'due' }, { kind: 'due' });
  expect(zone.all('audit.overdue')).toEqual([{ crossing, consignment: 'C-3' }]);
  expect(zone.all('incident.raised')).toMatchObject([{ type: 'audit-overdue' }]);
  const done = { crossing, consignment: 'C-3', result: 'in-order' };
  expect(zone.ask('audit.record', done)).toMatchObject({ ok: true });
  expect(zone.ask('audit.record', done)).toMatchObject({ fault: { code: 'no-change' } });
  expectRebuilt(zone);
});

test('deferred tax is opened where the goods leave, and all sales close it to the cent', () => {
  const zone = bench();
  crosses(zone, 4, 2);
  const { crossing = 'X1-1' } = zone.all('cargo.asked')[0] ?? {};
  const [opened] = zone.rows('SELECT currency, value_cents, vat_cents FROM deferral');
  expect(opened).toEqual({ currency: 'HKD', value_cents: 300, vat_cents: taxOf(300, 13) });
  const sell = (soldCents: number) =>
    zone.ask('sale.report', { crossing, consignment: 'C-4', soldCents });
  for (const part of [100, 101, 98]) expect(sell(part)).toMatchObject({ ok: true });
  expect(zone.rows('SELECT count(*) AS n FROM deferral WHERE closed_ms IS NULL')).toEqual([
    { n: 1 },
  ]);
  expect(sell(2)).toMatchObject({ ok: false, fault: { code: 'over-value' } });
  expect(sell(1)).toMatchObject({ ok: true });
  expect(zone.rows('SELECT closed_cents, closed_ms IS NULL AS open FROM deferral')).toEqual([
    { closed_cents: taxOf(300, 13), open: 0 },
  ]);
  expectRebuilt(zone);
});

test('property: the balance is what came in less what went, never negative unnoticed', () => {
  const act = fc.oneof(
    fc.constant({ is: 'in' as const, quantity: 7 }),
    fc.constant({ is: 'out' as const, quantity: 7 }),
    fc.record({
      is: fc.constantFrom('used' as const, 'destroyed' as const),
      quantity: fc.integer({ min: 1, max: 9 }),
    }),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
      const zone = bench();
      let rest = 0;
      let below = 0;
      for (const { is, quantity } of acts) {
        if (is === 'in' || is === 'out') {
          const before = zone.all('crossing.passed').length;
          crosses(zone, 1, is === 'in' ? 1 : 2);
          // Who is on the wrong side is referred: nothing moved.
          if (zone.all('crossing.passed').length === before) continue;
          rest += is === 'in' ? quantity : -quantity;
          if (is === 'out' && rest < 0) below += 1;
        } else {
          const answer = zone.ask('goods.record-use', { ...PIECES, quantity, how: is });
          expect(answer?.ok).toBe(quantity <= rest);
          if (answer?.ok === true) rest -= quantity;
        }
      }
      const [row = { rest: 0 }] = zone.rows('SELECT rest FROM goods_balance');
      expect(row).toEqual({ rest });
      const told = zone.all('incident.raised').filter(({ type }) => type === 'balance-negative');
      expect(told).toHaveLength(below);
      expectRebuilt(zone);
    }),
    { numRuns: 12 },
  );
});

test('the crossing of a vehicle is not put right as a person’s is: its goods have moved', () => {
  const zone = bench();
  crosses(zone, 1);
  const { crossing } = must(zone.all('crossing.passed')[0], 'passage');
  const change = { fact: 'passage', after: 'not-taken' };
  expect(zone.ask('correction.ask', { crossing, change })).toMatchObject({
    fault: { code: 'vehicle', where: crossing },
  });
  expect(zone.all('correction.asked')).toEqual([]);
});
