import { describe, expect, test } from 'vitest';
import {
  BIN_MINUTES,
  type FlowRow,
  flowKeys,
  flowSeries,
  passingNow,
} from '../../../src/renderer/features/watch/flow-series.ts';
import { niceTop } from '../../../src/renderer/features/watch/nice-top.ts';
import { perMinuteOf } from '../../../src/renderer/map/scene/flow.ts';
import { hkDayStart } from '../../../src/shared/lib/hk-time.ts';
import { fakeLanes, fakeSite } from '../../kit/fake/zone.ts';

const start = hkDayStart('2026-11-22');
const minute = 60_000;
const key = { line: 'first', direction: 'in' } as const;

function row(minuteOfDay: number, passed: number, dayMs = start): FlowRow {
  return { ...key, minuteMs: dayMs + minuteOfDay * minute, passed };
}

function series(rows: readonly FlowRow[], nowMinute: number) {
  const [found] = flowSeries(rows, [key], start + nowMinute * minute + 30_000);
  if (!found) throw new Error('no series');
  return found;
}

describe('the flow of the day', () => {
  test('the sum is all of today, the minute under way included', () => {
    expect(series([row(10, 4), row(59, 7), row(60, 100)], 60).sum).toBe(111);
  });

  test('now is one figure on the map, in the panel and on the wall: the sum of the lanes', () => {
    const site = fakeSite(40);
    const rows = fakeLanes(site);
    const onMap = { in: 0, out: 0, across: 0 };
    const inPanel = { in: 0, out: 0, across: 0 };
    for (const { id } of site.checkpoints) {
      for (const direction of ['in', 'out', 'across'] as const) {
        const there = site.lanes.filter((lane) => lane.checkpoint === id);
        const lanes = there.filter((lane) => lane.direction === direction);
        onMap[direction] += perMinuteOf(
          lanes.map((lane) => lane.id),
          rows,
        );
      }
    }
    for (const flow of flowKeys(site)) inPanel[flow.direction] += passingNow(flow, site, rows);
    expect(inPanel).toEqual(onMap);
    expect(Object.values(inPanel).every((persons) => persons > 0)).toBe(true);
  });

  test('a curve is a mean in persons a minute, and ends where the day has come to', () => {
    const { today } = series([row(0, 10), row(9, 10), row(12, 6)], 13);
    expect(today[0]).toBe(2);
    expect(today[1]).toBe(2);
    expect(today.slice(2).every((value) => value === null)).toBe(true);
    expect(today.length).toBe(1_440 / BIN_MINUTES);
  });

  test('a minute without a row is a minute without a person', () => {
    expect(series([], 25).today.slice(0, 3)).toEqual([0, 0, 0]);
  });

  test('the same weekday is shown where there is a record of it, and nothing else', () => {
    const weekAgo = start - 7 * 86_400_000;
    const yesterday = start - 86_400_000;
    expect(series([row(5, 10, yesterday)], 60).before).toBeNull();
    const { before, sum } = series([row(5, 10, weekAgo), row(5, 90, yesterday)], 60);
    expect(before?.[0]).toBe(1);
    expect(before?.at(-1)).toBe(0);
    expect(sum).toBe(0);
  });

  test('at midnight the day begins with nothing', () => {
    const { sum, today } = series([row(1_439, 9, start - 86_400_000)], 0);
    expect(sum).toBe(0);
    expect(today.every((value) => value === null)).toBe(true);
  });

  test('only the lines and directions that the site has, first line first', () => {
    const lanes = [
      { id: '1', checkpoint: 'b', direction: 'out' },
      { id: '2', checkpoint: 'a', direction: 'in' },
      { id: '3', checkpoint: 'c', direction: 'across' },
    ] as const;
    const checkpoints = [
      { id: 'a', line: 'first' },
      { id: 'b', line: 'second' },
      { id: 'c', line: 'inner' },
    ] as const;
    expect(flowKeys({ lanes, checkpoints })).toEqual([
      { line: 'first', direction: 'in' },
      { line: 'second', direction: 'out' },
      { line: 'inner', direction: 'across' },
    ]);
  });

  test.each([
    [0, 4],
    [4, 4],
    [7, 8],
    [61, 80],
    [101, 150],
    [1_234, 1_500],
  ])('a scale that holds %i ends at %i', (highest, top) => {
    expect(niceTop(highest)).toBe(top);
  });
});
