import { expect, onTestFinished, test } from 'vitest';
import { searchCrossings } from '../../src/main/engine/reading/search-crossings.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { type CargoBench, cargoBench } from '../kit/cargo-bench.ts';
import { expectRebuilt } from '../kit/expect-rebuilt.ts';
import { consignmentRow, enterpriseRow, lineRow, slotRow, vehicleRow } from '../kit/goods-files.ts';
import { type PeopleBench, peopleBench } from '../kit/people-bench.ts';
import { counting } from '../unit/regime/given.ts';

type Zone = PeopleBench | CargoBench;
/** No permit stands behind it. */
const STRANGER = 9;

/** The gate of the last admission says nothing of whether it opened. Returns whose it was. */
function isUnknown(zone: Zone): string {
  const { board, command, crossing } = must(zone.all('gate.requested').at(-1), 'a command');
  const report = { kind: 'command', board, command, stage: 'unknown' } as const;
  zone.run({ kind: 'board', report, receivedMono: zone.clock.monoMs() });
  zone.clock.advance(1_000);
  expect(zone.all('crossing.unknown').at(-1)?.crossing).toBe(crossing);
  return must(crossing, 'a crossing');
}

/** A person admits whoever was referred last. */
function admits(zone: Zone): void {
  const { exception } = must(zone.all('crossing.referred').at(-1), 'a referral');
  expect(zone.ask('exception.admit', { exception })).toMatchObject({ ok: true });
}

function answer(zone: Zone, crossing: string, passage: 'passed' | 'not-taken') {
  return zone.ask('passage.answer', { crossing, passage });
}

const ok = { ok: true };
const unsettled = ({ db }: Zone) =>
  db.query<[], { n: number }>('SELECT count(*) AS n FROM unknown_passage').get()?.n;
const inLoop = (zone: Zone) =>
  zone.rows("SELECT inside, anonymous FROM occupancy WHERE area = 'loop'")[0];
const placeOf = (zone: Zone) =>
  zone.rows("SELECT place, unknown FROM presence WHERE person = 'P-1'")[0];
const answered = (zone: Zone, crossing: string) => {
  const input = { filter: {}, limit: 50 };
  const { rows } = searchCrossings(zone.segments, input, 'supervisor');
  return rows.find((row) => row.crossing === crossing)?.answered;
};

test.each([
  ['passed' as const, { inside: 0, anonymous: 1 }],
  ['not-taken' as const, undefined],
])('of somebody without a name: %s is said once, and the count goes by it', (passage, count) => {
  const zone = peopleBench();
  zone.badge(STRANGER);
  admits(zone);
  const crossing = isUnknown(zone);
  expect(unsettled(zone)).toBe(1);
  expect(answered(zone, crossing)).toBeNull();
  expect(answer(zone, crossing, passage)).toMatchObject(ok);
  expect(zone.all('passage.answered')).toMatchObject([{ crossing, passage, person: null }]);
  expect([unsettled(zone), answered(zone, crossing)]).toEqual([0, passage]);
  expect(inLoop(zone)).toEqual(count);
  expect(answer(zone, crossing, passage)).toMatchObject({ fault: { code: 'not-open' } });
  expect(zone.all('passage.answered')).toHaveLength(1);
  expectRebuilt(zone);
});

test('heads that were counted since have the stranger among them', () => {
  const zone = peopleBench();
  zone.badge(STRANGER);
  admits(zone);
  const crossing = isUnknown(zone);
  expect(zone.ask('area.count', { area: 'loop', counted: 4 })).toMatchObject(ok);
  expect(answer(zone, crossing, 'passed')).toMatchObject(ok);
  expect(inLoop(zone)).toEqual({ inside: 0, anonymous: 4 });
  expectRebuilt(zone);
});

test.each([
  ['passed' as const, 'loop'],
  ['not-taken' as const, 'beyond-first'],
])('whom the ledger lost by it is found by its end: %s', (passage, place) => {
  const zone = peopleBench();
  zone.badge(1);
  const crossing = isUnknown(zone);
  expect(placeOf(zone)).toEqual({ place: 'beyond-first', unknown: 1 });
  expect(answer(zone, crossing, passage)).toMatchObject(ok);
  expect(zone.all('presence.set')).toMatchObject([{ crossing, person: 'P-1', place }]);
  expect(zone.all('passage.answered')).toEqual([]);
  expect(placeOf(zone)).toEqual({ place, unknown: 0 });
  expect([unsettled(zone), answered(zone, crossing)]).toEqual([0, passage]);
  expectRebuilt(zone);
});

test('who is found somewhere else says nothing of the passage: it is told by itself', () => {
  const zone = peopleBench();
  zone.badge(1);
  const crossing = isUnknown(zone);
  expect(zone.ask('presence.set', { person: 'P-1', place: 'beyond-second' })).toMatchObject(ok);
  expect([unsettled(zone), answered(zone, crossing)]).toEqual([1, null]);
  expect(answer(zone, crossing, 'passed')).toMatchObject(ok);
  expect(zone.all('passage.answered')).toMatchObject([{ crossing, person: 'P-1' }]);
  expect(placeOf(zone)).toEqual({ place: 'beyond-second', unknown: 0 });
  expect([unsettled(zone), answered(zone, crossing)]).toEqual([0, 'passed']);
  expectRebuilt(zone);
});

test('whom a person admits at the same gate had not come through: the passage is settled', () => {
  const zone = peopleBench();
  zone.badge(1);
  const crossing = isUnknown(zone);
  zone.badge(1);
  admits(zone);
  expect(zone.all('presence.set')).toMatchObject([{ crossing, place: 'beyond-first' }]);
  expect([unsettled(zone), answered(zone, crossing)]).toEqual([0, 'not-taken']);
  // Their place set once more, later, answers nothing any more.
  zone.goes();
  zone.ask('presence.set', { person: 'P-1', place: 'loop' });
  expect(zone.all('presence.set').at(-1)).toMatchObject({ crossing: null });
  expect(answered(zone, crossing)).toBe('not-taken');
  expectRebuilt(zone);
});

test('who leaves unasked after it is somewhere, and the passage is still to be told', () => {
  const zone = peopleBench();
  zone.badge(1);
  const crossing = isUnknown(zone);
  zone.crosses(1, 2);
  expect(placeOf(zone)).toEqual({ place: 'beyond-first', unknown: 0 });
  expect([unsettled(zone), answered(zone, crossing)]).toEqual([1, null]);
  expect(answer(zone, crossing, 'passed')).toMatchObject(ok);
  expect([unsettled(zone), answered(zone, crossing)]).toEqual([0, 'passed']);
  expect(placeOf(zone)).toEqual({ place: 'beyond-first', unknown: 0 });
  expectRebuilt(zone);
});

test('it may be said in a later file of the journal, which then has it right', () => {
  const zone = peopleBench();
  zone.badge(STRANGER);
  admits(zone);
  const crossing = isUnknown(zone);
  zone.roll();
  zone.badge(1);
  expect(answer(zone, crossing, 'passed')).toMatchObject(ok);
  expect([unsettled(zone), answered(zone, crossing)]).toEqual([0, 'passed']);
  zone.roll();
  expect(answered(zone, crossing)).toBe('passed');
  expect(answer(zone, crossing, 'not-taken')).toMatchObject({ fault: { code: 'not-open' } });
  expectRebuilt(zone);
});

/** One vehicle, with goods of 1,000.00 that count against what its enterprise may do. */
function vehicleOf(valueCents = 150_000) {
  const regime = counting('first-goods-research', {
    enterpriseAllowance: { every: 'month', valueCents, currency: 'HKD' },
  });
  const zone = cargoBench(
    {
      enterprises: [enterpriseRow('E-1')],
      consignments: [consignmentRow('C-1', { class: 'research' })],
      'consignment-lines': [lineRow('C-1', 1, 1_000)],
      vehicles: [vehicleRow(1)],
      slots: [slotRow(1, 'C-1')],
    },
    { regime },
  );
  onTestFinished(() => zone.close());
  return zone;
}
const goodsOf = (zone: Zone) => ({
  balance: zone.rows('SELECT came_in, went_out, rest FROM goods_balance'),
  passages: zone.rows('SELECT state FROM cargo_passage'),
  used: zone.rows('SELECT held, at_ms IS NULL AS isFree FROM allowance_use'),
});

test.each([
  ['passed' as const, { came_in: 1_000, went_out: 0, rest: 1_000 }, 0],
  ['not-taken' as const, undefined, 1],
])('goods whose driver was seen elsewhere since: %s', (passage, balance, isFree) => {
  const zone = vehicleOf();
  zone.tag(1);
  zone.badge(1);
  const crossing = isUnknown(zone);
  zone.ask('presence.set', { person: 'P-1', place: 'beyond-second' });
  const waits = { passages: [{ state: 'unknown' }], used: [{ held: 'unknown', isFree: 1 }] };
  expect(goodsOf(zone)).toEqual({ balance: [], ...waits });
  expect(answer(zone, crossing, passage)).toMatchObject(ok);
  expect(goodsOf(zone)).toEqual({
    balance: balance === undefined ? [] : [balance],
    passages: [{ state: passage }],
    used: [{ held: null, isFree }],
  });
  expect(unsettled(zone)).toBe(0);
  expectRebuilt(zone);
});

test('a vehicle whose driver nobody knows', () => {
  const zone = vehicleOf();
  zone.tag(1);
  zone.badge(STRANGER);
  admits(zone);
  const crossing = isUnknown(zone);
  expect(zone.all('crossing.unknown')).toMatchObject([{ person: null }]);
  expect(answer(zone, crossing, 'passed')).toMatchObject(ok);
  expect(goodsOf(zone)).toMatchObject({ passages: [{ state: 'passed' }] });
  expect(unsettled(zone)).toBe(0);
  expectRebuilt(zone);
});

test('what a driver takes out unseen is told of too, once somebody says that they left', () => {
  const zone = vehicleOf(900_000);
  zone.tag(1);
  zone.badge(1);
  zone.goes();
  for (const way of ['first', 'again'] as const) {
    zone.tag(1, 2);
    zone.badge(1, 2);
    if (zone.all('crossing.referred').length > 0) admits(zone);
    const crossing = isUnknown(zone);
    const before = zone.all('incident.raised').length;
    expect(answer(zone, crossing, 'passed'), way).toMatchObject(ok);
    const raised = zone.all('incident.raised').slice(before);
    const isShort = raised.some(({ type }) => type === 'balance-negative');
    expect(isShort, way).toBe(way === 'again');
    zone.ask('presence.set', { person: 'P-1', place: 'loop' });
  }
  expectRebuilt(zone);
});
