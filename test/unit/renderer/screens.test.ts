import { expect, test } from 'vitest';
import { stepOf } from '../../../src/renderer/actions/gate-steps.tsx';
import { minuteText } from '../../../src/renderer/actions/person-card.tsx';
import {
  crossingFilter,
  fieldsOf,
  minuteOfText,
  NO_FILTER,
  paramsOf,
  wrongField,
} from '../../../src/renderer/features/crossings/crossing-filter.ts';
import { driftText, isWell } from '../../../src/renderer/features/devices/well.ts';
import { laneGroups, needsAttention } from '../../../src/renderer/features/lanes/lane-filter.ts';
import { passedBy, passedByHour, sumOf } from '../../../src/renderer/features/reports/figures.ts';
import { CrossingFilter } from '../../../src/shared/contract/queries.ts';
import { fakeReport } from '../../kit/fake/answers.ts';
import { fakeDevices, fakeLanes, fakeSite } from '../../kit/fake/zone.ts';

const site = fakeSite(24);
const nowMs = Date.parse('2026-11-22T14:32:07+08:00');

test('a crossing filter holds only what narrows, as the contract takes it', () => {
  const lane = site.lanes[0];
  const fields = {
    ...NO_FILTER,
    day: '2026-11-22',
    from: '08:30',
    to: '24:00',
    lane: lane?.id ?? '',
    verdict: 'refer',
    permit: ' TP0000040 ',
    class: 'nobody',
  };
  const filter = crossingFilter(fields, site);
  expect(filter).toEqual({
    fromMs: Date.parse('2026-11-22T08:30:00+08:00'),
    toMs: Date.parse('2026-11-23T00:00:00+08:00'),
    lane: lane?.id,
    verdict: 'refer',
    permit: 'TP0000040',
  });
  expect(CrossingFilter.safeParse(filter).success).toBe(true);
  expect(crossingFilter(NO_FILTER, site)).toEqual({});
});

test('the first field that cannot be searched for is named', () => {
  expect(wrongField({ ...NO_FILTER, day: '2026-02-30' })).toBe('day');
  expect(wrongField({ ...NO_FILTER, from: '25:00' })).toBe('from');
  expect(wrongField({ ...NO_FILTER, permit: 'no spaces here' })).toBe('permit');
  expect(wrongField({ ...NO_FILTER, permit: 'TP0000040' })).toBeNull();
});

test('a link fills the fields of the filter and is made of them', () => {
  const fields = fieldsOf({ lane: 'x', verdict: 'refer', stranger: 'y' });
  expect(fields).toEqual({ ...NO_FILTER, lane: 'x', verdict: 'refer' });
  expect(paramsOf(fields)).toEqual({ lane: 'x', verdict: 'refer' });
});

test('times of day are read and written', () => {
  expect([minuteOfText('7:05'), minuteOfText('24:00'), minuteOfText('24:01')]).toEqual([
    425,
    1_440,
    null,
  ]);
  expect(minuteOfText('8')).toBeNull();
  expect([minuteText(425), minuteText(1_440)]).toEqual(['07:05', '24:00']);
});

test('lanes are grouped by checkpoint and narrowed by text, line and state', () => {
  const now = fakeLanes(site);
  const nameOf = (lane: { id: string }) => lane.id;
  const lanesOf = (filter: Parameters<typeof laneGroups>[3]) =>
    laneGroups(site.checkpoints, site.lanes, now, filter, nameOf).flatMap(({ lanes }) => lanes);
  const all = { text: '', show: 'all', line: 'all' } as const;
  expect(lanesOf(all)).toHaveLength(24);
  expect(lanesOf({ ...all, text: 'WEST' }).map((lane) => lane.checkpoint)).toEqual(
    Array.from({ length: 4 }, () => 'loop-west-bridge'),
  );
  expect(lanesOf({ ...all, line: 'inner' }).length).toBeGreaterThan(0);
  const troubled = lanesOf({ ...all, show: 'attention' });
  expect(troubled.map((lane) => site.lanes.indexOf(lane))).toEqual([3, 13, 14]);
  expect(lanesOf({ ...all, show: 'not-controlled' })).toHaveLength(2);
});

test('a lane unheard for over 30 s, or where somebody waits, wants attention', () => {
  const [lane] = fakeLanes(site).values();
  if (lane === undefined) throw new Error('no lane');
  expect(needsAttention({ ...lane, heardAgoMs: 30_000 })).toBe(false);
  expect(needsAttention({ ...lane, heardAgoMs: 30_001 })).toBe(true);
  expect(needsAttention({ ...lane, online: false })).toBe(false);
  expect(needsAttention({ ...lane, heardAgoMs: null })).toBe(true);
  expect(needsAttention({ ...lane, fire: true })).toBe(true);
  expect(needsAttention({ ...lane, openExceptions: 1 })).toBe(true);
});

test('a report adds up the same by hour, by lane and by class', () => {
  const { throughput } = fakeReport(site, '2026-11-20', nowMs);
  const total = throughput.reduce((sum, row) => sum + row.passed, 0);
  const hours = passedByHour(throughput);
  expect(hours).toHaveLength(24);
  expect(hours.reduce((sum, one) => sum + one.in + one.out + one.across, 0)).toBe(total);
  expect(sumOf(passedBy(throughput, (row) => row.lane))).toBe(total);
  expect(sumOf(passedBy(throughput, (row) => row.class))).toBe(total);
  expect(passedBy(throughput, (row) => row.lane)).toHaveLength(24);
});

test('a gate command is confirmed only by what the gate shows', () => {
  expect(stepOf('sent')).toBe(0);
  expect(stepOf('accepted')).toBe(1);
  expect(stepOf('confirmed')).toBe(2);
  expect(stepOf('unknown')).toBe(0);
});

test('a clock ahead and a clock behind are told apart by the sign', () => {
  expect([driftText(6_000), driftText(-40_000), driftText(0)]).toEqual(['+6', '−40', '0']);
});

test('a board is well again once its clock is right and its loss is settled', () => {
  const [board] = fakeDevices(site, nowMs).values();
  if (board === undefined) throw new Error('no board');
  const corrected = { atMs: nowMs, byMs: 40_000 };
  expect(isWell({ ...board, driftMs: -40_000 })).toBe(false);
  expect(isWell({ ...board, heardAgoMs: 10_001 })).toBe(false);
  const trips = { asked: 100, lost: 5, p50Ms: 1, p99Ms: 9 };
  expect(isWell({ ...board, trips })).toBe(true);
  expect(isWell({ ...board, trips: { ...trips, lost: 6 } })).toBe(false);
  expect(isWell({ ...board, driftMs: 0, corrected })).toBe(true);
  expect(isWell({ ...board, lost: 3, lostOpen: true })).toBe(false);
  expect(isWell({ ...board, lost: 3, lostOpen: false })).toBe(true);
});
