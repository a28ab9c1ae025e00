import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { must } from '../../../src/shared/lib/assert.ts';
import { hkDayStart } from '../../../src/shared/lib/hk-time.ts';
import { demandOf, parseDemand } from '../../../src/training/plan/demand-file.ts';
import { dayNumberOf } from '../../../src/training/plan/weekday.ts';

const HEADER = [
  ...['Date', 'Control Point', 'Arrival / Departure', 'Hong Kong Residents'],
  ...['Mainland Visitors', 'Other Visitors', 'Total', ''],
].join(',');
const SPUR = 'Lok Ma Chau Spur Line';
const day = (text: string) => dayNumberOf(hkDayStart(text));

function parsed(lines: readonly string[], mark = '\uFEFF') {
  const result = parseDemand(`${mark}${[HEADER, ...lines].join('\r\n')}\r\n`, 'made.csv');
  if (!result.ok) throw new Error(result.fault.text);
  return result.value;
}

test('rows are read with the byte-order mark, the trailing column and both spellings', () => {
  const table = parsed([
    '02-03-2026,Macau Ferry Terminal,Arrival,10,5,1,16,',
    '03-03-2026,Macao Ferry Terminal,Departure,10,5,1,16',
  ]);
  expect(table.badRows).toBe(0);
  expect(table.rows.map(({ controlPoint }) => controlPoint)).toEqual([
    'Macao Ferry Terminal',
    'Macao Ferry Terminal',
  ]);
  expect(table.rows[0]).toMatchObject({ dayNumber: day('2026-03-02'), total: 16 });
});

test.each([
  ['31-02-2026,Lo Wu,Arrival,1,1,1,3,', 'Date'],
  ['2026-02-01,Lo Wu,Arrival,1,1,1,3,', 'Date'],
  ['01-02-2026,,Arrival,1,1,1,3,', 'Control Point'],
  ['01-02-2026,Lo Wu,Sideways,1,1,1,3,', 'Arrival / Departure'],
  ['01-02-2026,Lo Wu,Arrival,1,-1,1,1,', 'Mainland Visitors'],
  ['01-02-2026,Lo Wu,Arrival,1,1,many,3,', 'Other Visitors'],
  ['01-02-2026,Lo Wu,Arrival,1,1,1,4,', 'Total'],
  ['01-02-2026,Lo Wu,Arrival', 'all'],
  ['\u0000\u0001\u0002', 'all'],
  [`01-02-2026,${'x'.repeat(5000)}`, 'all'],
])('a bad row is named by line and column and left out: %s', (line, column) => {
  const table = parsed(['01-01-2026,Lo Wu,Arrival,1,1,1,3,', line]);
  expect(table.rows).toHaveLength(1);
  expect(table.badRows).toBe(1);
  expect(table.faults[0]!.text).toContain(`made.csv:3, column ${column}:`);
  expect(table.faults[0]!.text.length).toBeLessThan(200);
});

test('a repeated row counts once', () => {
  const line = '01-01-2026,Lo Wu,Arrival,1,1,1,3,';
  const table = parsed([line, line]);
  expect([table.rows.length, table.badRows]).toEqual([1, 1]);
});

test.each(['', 'x', '\uFEFF', 'Date,Total\n1,2', '<html></html>'])(
  'another file is refused with a reason: %j',
  (text) => {
    const result = parseDemand(text, 'other.csv');
    expect(result.ok ? null : result.fault.code).toBe('demand-header');
  },
);

test('a file without a good row, or without the control point, is refused', () => {
  const empty = parseDemand(`${HEADER}\nrubbish`, 'made.csv');
  expect(empty.ok ? null : empty.fault.code).toBe('demand-empty');
  const elsewhere = demandOf(parsed(['01-01-2026,Lo Wu,Arrival,1,1,1,3,']), 'made.csv');
  expect(elsewhere.ok ? null : elsewhere.fault.code).toBe('demand-point');
});

test('a day of the file is as busy as its own total, another as its weekday', () => {
  const lines: string[] = [];
  for (let i = 2; i <= 15; i += 1) {
    const date = `${String(i).padStart(2, '0')}-03-2026`;
    const total = i === 7 || i === 14 ? 400 : 100;
    lines.push(`${date},${SPUR},Arrival,${total},0,0,${total},`);
    lines.push(`${date},${SPUR},Departure,${total},0,0,${total},`);
  }
  const demand = demandOf(parsed(lines), 'made.csv');
  if (!demand.ok) throw new Error(demand.fault.text);
  const mean = (12 * 100 + 2 * 400) / 14;
  expect(demand.value.factorOf(day('2026-03-07'))).toBeCloseTo(400 / mean);
  expect(demand.value.factorOf(day('2026-03-09'))).toBeCloseTo(100 / mean);
  expect(demand.value.factorOf(day('2026-03-21'))).toBeCloseTo(400 / mean);
});

test('each kind of travellers keeps its part of the day', () => {
  const lines: string[] = [];
  for (let i = 2; i <= 15; i += 1) {
    const date = `${String(i).padStart(2, '0')}-03-2026`;
    const mainland = i === 7 ? 60 : 20;
    lines.push(`${date},${SPUR},Arrival,${100 - mainland},${mainland},0,100,`);
    // Another point's travellers say nothing of this one's.
    lines.push(`${date},Lo Wu,Arrival,0,0,900,900,`);
  }
  const demand = demandOf(parsed(lines), 'made.csv');
  if (!demand.ok) throw new Error(demand.fault.text);
  const mixOf = must(demand.value.mixOf, 'mix');
  const meanMainland = (13 * 20 + 60) / 14;
  const saturday = mixOf(day('2026-03-07'));
  expect(saturday.mainland).toBeCloseTo(60 / meanMainland);
  expect(saturday.residents).toBeCloseTo(40 / (100 - meanMainland));
  expect(saturday.others).toBe(1);
  expect(mixOf(day('2026-03-09')).mainland).toBeCloseTo(20 / meanMainland);
  // A day beyond the file is as its weekday: one Saturday of each kind.
  expect(mixOf(day('2026-03-21')).mainland).toBeCloseTo(40 / meanMainland);
});

const REAL = '../shared/data/immd-daily-passenger-traffic-2021-01-01_2026-03-08.csv';
test("the department's own file is read whole", (context) => {
  if (!existsSync(REAL)) context.skip(`${REAL} is not there`);
  const result = parseDemand(readFileSync(REAL, 'utf8'), 'immd.csv');
  if (!result.ok) throw new Error(result.fault.text);
  expect([result.value.rows.length, result.value.badRows]).toEqual([56_424, 0]);
  const demand = demandOf(result.value, 'immd.csv');
  if (!demand.ok) throw new Error(demand.fault.text);
  // The Spur Line's peak day, and a day under quarantine rules.
  expect(demand.value.factorOf(day('2025-11-15'))).toBeGreaterThan(1.4);
  expect(demand.value.factorOf(day('2021-01-01'))).toBe(0);
  // Who crosses differs little from one weekday to another.
  const week = [0, 1, 2, 3, 4, 5, 6].map((i) => demand.value.mixOf?.(day('2026-06-01') + i));
  for (const mix of week) {
    expect(mix?.residents).toBeGreaterThan(0.9);
    expect(mix?.mainland).toBeLessThan(1.35);
  }
  const quiet = demand.value.mixOf?.(day('2021-01-01'));
  expect(Object.values(quiet ?? {}).every(Number.isFinite)).toBe(true);
});
