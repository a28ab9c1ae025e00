import { expect, test } from 'vitest';
import { openScratch } from '../../src/main/engine/store/open.ts';
import { runBench } from '../bench/bench.ts';
import { crossingPlan } from '../bench/crossing-plan.ts';
import { median, percentile, rounded } from '../bench/figures.ts';
import { HOLDERS } from '../bench/live-zone.ts';
import { readOptions } from '../bench/options.ts';
import { growthOf } from '../bench/page-meter.ts';
import { type Figure, judge, missed } from '../bench/row.ts';
import { groups, groupsOf } from '../bench/rows.ts';
import { tableOf } from '../bench/table.ts';
import { WriteLog } from '../bench/write-log.ts';
import { cardOf } from '../bench/zone.ts';

const figure: Figure = {
  ...{ row: 'admit-p50', unit: 'ms', value: 1, bare: 0.8, better: 'less', bar: {}, wrong: null },
};

const context = {
  ...{ events: 1_000, permits: 100, late: 1, seconds: 1, burstSeconds: 1, screenSeconds: 1 },
  say: () => undefined,
};

test('percentiles by nearest rank', () => {
  const values = Array.from({ length: 100 }, (_, i) => 100 - i);
  expect(percentile(values, 0.99)).toBe(99);
  expect(percentile(values, 0.5)).toBe(50);
  expect(percentile([7], 0.99)).toBe(7);
  expect(median([3, 1, 2])).toBe(2);
  expect(percentile([], 0.5)).toBeNaN();
  expect(rounded(1234.567)).toBe(1230);
  expect(rounded(0.0012345)).toBe(0.00123);
});

test('growth is the slope of the straight line through all looks', () => {
  const held = [0, 1, 2, 3].map((minute) => ({
    ...{ minute, heapMegabytes: 20 + 0.5 * minute, nodes: 7, listeners: 0, residentMegabytes: 0 },
  }));
  expect(growthOf(held, ({ heapMegabytes }) => heapMegabytes)).toBeCloseTo(0.5);
  expect(growthOf(held, ({ nodes }) => nodes)).toBe(0);
});

test('in a plan of crossings whoever came in goes out, and strangers are known to nobody', () => {
  const options = { seconds: 60, boards: 75, perSecond: 500 } as const;
  const plan = crossingPlan(options);
  expect(plan).toHaveLength(Math.ceil((60 * 500) / 9));
  const inside = new Set<number>();
  for (const { card, direction } of plan) {
    if (direction === 'in') expect(inside.has(card)).toBe(false);
    if (direction === 'in') inside.add(card);
    else expect(inside.delete(card)).toBe(true);
  }
  const strangers = crossingPlan({ ...options, strangerEvery: 200 }).filter(
    ({ card }) => card >= cardOf(HOLDERS),
  );
  expect(strangers.length).toBe(17);
});

test('the ratio is the share of the bare limit that is reached, for times and for rates', () => {
  expect(judge(figure).ratio).toBe(0.8);
  expect(judge({ ...figure, better: 'more', value: 40, bare: 100 }).ratio).toBe(0.4);
  expect(judge({ ...figure, bare: null }).ratio).toBeNull();
  expect(judge({ ...figure, bare: 0, better: 'more' }).ratio).toBeNull();
});

test('a bar is reached at its very value and missed beyond it', () => {
  const reaches = (value: number, bar: Figure['bar']) => judge({ ...figure, value, bar }).ok;
  expect(reaches(1.5, { atMost: 1.5 })).toBe(true);
  expect(reaches(1.51, { atMost: 1.5 })).toBe(false);
  expect(reaches(500, { atLeast: 500 })).toBe(true);
  expect(reaches(499, { atLeast: 500 })).toBe(false);
  expect(reaches(1, { ratioAtLeast: 0.8 })).toBe(true);
  expect(reaches(1.1, { ratioAtLeast: 0.8 })).toBe(false);
  expect(reaches(Number.NaN, {})).toBe(false);
  expect(judge({ ...figure, bare: null, bar: { ratioAtLeast: 0.1 } }).ok).toBe(false);
});

test('something wrong misses any bar', () => {
  expect(judge({ ...figure, bar: { atMost: 5 }, wrong: '2 lost' }).ok).toBe(false);
});

test('a row has the members of the contract and no others, and JSON keeps them', async () => {
  const bar = { atMost: 5, ratioAtLeast: 0.7 };
  const group = { name: 'admit', rows: ['admit-p50'], measure: () => [{ ...figure, bar }] };
  const rows = await runBench([group], null, context);
  expect(JSON.parse(JSON.stringify({ rows }))).toEqual({
    rows: [
      {
        ...{ row: 'admit-p50', value: 1, unit: 'ms', bar: '≤ 5, ratio ≥ 0.7', bare: 0.8 },
        ...{ ratio: 0.8, ok: true },
      },
    ],
  });
});

test('a group that cannot be measured has rows without a value; the others go on', async () => {
  const said: string[] = [];
  const broken = () => Promise.reject(new Error('no disk'));
  const rows = await runBench(
    [
      { name: 'start', rows: ['start'], measure: broken },
      { name: 'admit', rows: ['admit-p50'], measure: () => [figure] },
    ],
    null,
    { ...context, say: (line) => said.push(line) },
  );
  expect(rows.map(({ row, ok }) => [row, ok])).toEqual([
    ['start', false],
    ['admit-p50', true],
  ]);
  expect(rows[0]).toEqual(missed('start'));
  expect(said.join()).toContain('no disk');
});

test('one row alone is measured with its group and given alone', async () => {
  expect(groupsOf('growth').map(({ name }) => name)).toEqual(['admit-large']);
  expect(groupsOf('admit').map(({ name }) => name)).toEqual(['admit']);
  expect(groupsOf(null)).toBe(groups);
  expect(groupsOf('no-such-row')).toEqual([]);
  const other = { ...figure, row: 'admit-p99' };
  const group = { name: 'admit', rows: ['admit-p50', 'admit-p99'], measure: () => [figure, other] };
  const rows = await runBench([group], 'admit-p99', context);
  expect(rows.map(({ row }) => row)).toEqual(['admit-p99']);
});

test('options have the sizes of the design, and a bad one is named', () => {
  const sizes = { events: 1_000_000, permits: 1_000_000, late: 100_000 };
  const times = { seconds: 30, burstSeconds: 60, screenSeconds: 90 };
  const all = { json: false, only: null, ...sizes, ...times };
  expect(readOptions([])).toEqual({ ok: true, value: all });
  const asked = readOptions(['--json', '--only', 'burst', '--events', '5000']);
  expect(asked).toMatchObject({ ok: true, value: { json: true, only: 'burst', events: 5000 } });
  for (const bad of [['--events', 'many'], ['--late', '0'], ['--loud']]) {
    const refused = readOptions(bad);
    expect(refused).toMatchObject({ ok: false, fault: { code: 'bad-option' } });
    expect(refused.ok ? '' : refused.fault.text).toContain(bad[0]);
  }
});

test('the table says of each row whether its bar was reached', () => {
  const late = { ...figure, row: 'admit-p99', value: 9, bare: null, bar: { atMost: 5 } };
  const lines = tableOf([judge(figure), judge(late), missed('start')]).split('\n');
  expect(lines[1]).toMatch(/^admit-p50\s+1\s+ms\s+-\s+0\.8\s+0\.8\s+-$/);
  expect(lines[2]).toMatch(/^admit-p99\s+9\s+ms\s+≤ 5\s+-\s+-\s+no$/);
  expect(lines[3]).toMatch(/^start\s+-\s+-\s+-\s+-\s+no$/);
});

test('the write log has what each transaction changed, and nothing of one that failed', () => {
  const db = openScratch(':memory:');
  db.exec('CREATE TABLE lane (lane TEXT PRIMARY KEY, mode TEXT) STRICT');
  const log = new WriteLog(db);
  const put = db.write<[string, string]>('INSERT OR IGNORE INTO lane VALUES (?, ?)');
  db.transaction(() => {
    put.run('in-1', 'held');
    put.run('in-1', 'locked');
  });
  expect(() =>
    db.transaction(() => {
      put.run('in-2', 'held');
      throw new Error('the disk is full');
    }),
  ).toThrow('the disk is full');
  db.transaction(() => undefined);
  const [only, ...others] = log.take();
  expect(others).toEqual([]);
  expect(only?.writes.map(({ values }) => values)).toEqual([['in-1', 'held']]);
  expect(log.take()).toEqual([]);
  db.close();
});
