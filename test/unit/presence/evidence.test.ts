import { expect, test } from 'vitest';
import {
  addMonths,
  dateOf,
  dayAt,
  dayOf,
  dayText,
  twelveMonthsFrom,
  yearOfAssessment,
  yearOfAssessmentOf,
} from '../../../src/shared/presence/calendar.ts';
import type { DayMarks } from '../../../src/shared/presence/day-rules.ts';
import { dayTests } from '../../../src/shared/presence/day-tests.ts';
import { residence } from '../../../src/shared/presence/residence.ts';
import { presenceEvidence, sourcesByDay } from '../../../src/shared/presence/statement.ts';
import { at, stays } from './ledger.ts';

const day = (text: string) => dayOf(at(`${text} 12:00`));
const range = ({ from, to }: { from: number; to: number }) => [dayText(from), dayText(to)];

/** Marks by hand: `2026-04-01 10` = ten days from then on, `?` behind those not known. */
function marked(...lines: readonly string[]): DayMarks {
  const marks = new Map<number, 'present' | 'unknown'>();
  for (const line of lines) {
    const [from = '', count = ''] = line.split(' ');
    for (let i = 0; i < Number.parseInt(count, 10); i += 1) {
      marks.set(day(from) + i, count.endsWith('?') ? 'unknown' : 'present');
    }
  }
  return marks;
}

test('the calendar: years of assessment, months and twelve months, leap days', () => {
  expect(range(yearOfAssessment(2027))).toEqual(['2027-04-01', '2028-03-31']);
  expect(yearOfAssessmentOf(day('2028-03-31'))).toBe(2027);
  expect(yearOfAssessmentOf(day('2028-04-01'))).toBe(2028);
  expect(dayText(addMonths(day('2028-01-31'), 1))).toBe('2028-02-29');
  expect(dayText(addMonths(day('2027-01-31'), 1))).toBe('2027-02-28');
  expect(dayText(addMonths(day('2027-03-31'), -1))).toBe('2027-02-28');
  expect(dayText(addMonths(day('2027-01-15'), -13))).toBe('2025-12-15');
  expect(range(twelveMonthsFrom(day('2028-02-29')))).toEqual(['2028-02-29', '2029-02-27']);
  expect(range(twelveMonthsFrom(day('2027-03-01')))).toEqual(['2027-03-01', '2028-02-29']);
  expect(dateOf(day('2028-02-29'))).toEqual({ year: 2028, month: 2, date: 29 });
  expect(dayText(dayAt(2026, 2, 31))).toBe('2026-02-28');
  // The last millisecond of a day in Hong Kong, which is still the day before in Greenwich.
  expect(dayText(dayOf(Date.parse('2026-03-01T15:59:59.999Z')))).toBe('2026-03-01');
  expect(dayText(dayOf(Date.parse('2026-03-01T16:00:00Z')))).toBe('2026-03-02');
});

/** `test answer present+unknown` of each. */
function answers(marks: DayMarks, year: number): string[] {
  return dayTests(marks, year).map(
    ({ test: name, answer, days }) => `${name} ${answer} ${days.present}+${days.unknown}`,
  );
}

test('limits are reached by the day after them, not by the day on them', () => {
  expect(answers(marked('2026-04-01 180'), 2026)).toEqual([
    'over-180-in-year no 180+0',
    'over-300-in-two-years no 180+0',
    'at-most-183-in-twelve-months yes 180+0',
    'at-most-60-in-year no 180+0',
  ]);
  expect(answers(marked('2026-04-01 184'), 2026)).toEqual([
    'over-180-in-year yes 184+0',
    'over-300-in-two-years no 184+0',
    'at-most-183-in-twelve-months no 184+0',
    'at-most-60-in-year no 184+0',
  ]);
  expect(answers(marked('2026-04-01 60'), 2026)[3]).toBe('at-most-60-in-year yes 60+0');
  expect(answers(marked('2026-04-01 61'), 2026)[3]).toBe('at-most-60-in-year no 61+0');
});

test('what hangs on days that are not known cannot be told', () => {
  expect(answers(marked('2026-04-01 170', '2026-10-01 11?'), 2026)).toEqual([
    'over-180-in-year cannot-tell 170+11',
    'over-300-in-two-years no 170+11',
    'at-most-183-in-twelve-months yes 170+11',
    'at-most-60-in-year no 170+11',
  ]);
  expect(answers(marked('2026-04-01 170', '2026-10-01 14?'), 2026)[2]).toBe(
    'at-most-183-in-twelve-months cannot-tell 170+14',
  );
});

test('two years that follow each other count together; a third does not', () => {
  const marks = marked('2024-04-01 200', '2025-04-01 151', '2026-04-01 150');
  expect(answers(marks, 2026)[1]).toBe('over-300-in-two-years yes 301+0');
  expect(answers(marked('2025-04-01 150', '2026-04-01 150'), 2026)[1]).toBe(
    'over-300-in-two-years no 300+0',
  );
});

test('twelve months are any: a stay over the turn of the year is found, and named', () => {
  // 100 days to the end of March and 100 from April on: 100 in each year, 200 in twelve months.
  const marks = marked('2025-12-22 100', '2026-04-01 100');
  for (const year of [2025, 2026]) {
    const found = dayTests(marks, year).find(({ limitDays }) => limitDays === 183);
    expect(found).toMatchObject({ answer: 'no', days: { present: 200 } });
    expect(found?.range.from).toBeLessThanOrEqual(day('2025-12-22'));
    expect(found?.range.to).toBeGreaterThanOrEqual(day('2026-07-09'));
  }
  // A year later the first twelve months that end in the year begin on 2 April 2026.
  expect(dayTests(marks, 2027).find(({ limitDays }) => limitDays === 183)).toMatchObject({
    ...{ answer: 'yes', days: { present: 99 } },
  });
});

test('residence: the span, each absence, the longest, and those over six months', () => {
  const found = residence(
    marked('2020-01-01 60', '2020-09-01 3?', '2020-09-04 10', '2020-09-16 5', '2021-02-28 2'),
    [
      { fromMs: at('2020-01-15 00:00'), toMs: at('2020-03-01 00:00') },
      { fromMs: at('2020-12-31 23:59'), toMs: at('2021-01-01 00:01') },
    ],
  );
  expect(found.span && range(found.span)).toEqual(['2020-01-01', '2021-03-01']);
  expect(found.length).toEqual({ years: 1, months: 2, days: 1 });
  expect(found.absences.map((absence) => [...range(absence), absence.days])).toEqual([
    ['2020-03-01', '2020-09-03', 187],
    ['2020-09-21', '2021-02-27', 160],
  ]);
  expect(found.absences.map(({ unknown }) => unknown)).toEqual([3, 0]);
  // To 31 August would be six months; up to 3 September is more.
  expect(found.absences.map(({ overSixMonths }) => overSixMonths)).toEqual([true, false]);
  expect(found.longest).toEqual(found.absences[0]);
  expect(found.shortAbsences).toBe(1);
  expect(found.permitMonths).toEqual(['2020-01', '2020-02', '2020-12', '2021-01']);
});

test('an absence of exactly six months is not over six months; the next day it is', () => {
  const until = (last: string) =>
    residence(marked('2026-02-28 1', `${last} 1`), []).absences[0]?.overSixMonths;
  expect(until('2026-09-01')).toBe(false);
  expect(until('2026-09-02')).toBe(true);
});

test('nothing known, nothing said', () => {
  expect(residence(new Map(), [])).toMatchObject({ span: null, absences: [], longest: null });
  for (const { total, years } of presenceEvidence([], [])) {
    expect({ total, years }).toEqual({ total: { present: 0, unknown: 0 }, years: [] });
  }
});

test('a figure opens to the crossings that it stands on', () => {
  const spans = stays(
    '2026-04-03 00:00',
    ...['2026-03-31 20:00 in', '2026-04-01 06:00 out', '2026-04-02 09:00 in'],
    '2026-04-02 18:00 out',
  );
  const [anyPart, nights, overHalf] = presenceEvidence(spans, []);
  expect([anyPart, nights, overHalf].map((rule) => rule?.total)).toEqual([
    ...[
      { present: 3, unknown: 0 },
      { present: 1, unknown: 0 },
      { present: 0, unknown: 0 },
    ],
  ]);
  expect(anyPart?.years.map(({ year, days }) => [year, days.present])).toEqual([
    ...[[2025, 1] as const, [2026, 2] as const],
  ]);
  const byDay = sourcesByDay(spans);
  const sources = (text: string) => byDay.get(day(text));
  expect(sources('2026-03-31')).toEqual(['X1-1', 'X1-2']);
  expect(sources('2026-04-01')).toEqual(['X1-1', 'X1-2']);
  expect(sources('2026-04-02')).toEqual(['X1-3', 'X1-4']);
});

test('seven years of working days are counted within a blink', () => {
  const lines: string[] = [];
  for (let at = day('2019-04-01'); at < day('2026-04-01'); at += 1) {
    if (new Date(at * 86_400_000).getUTCDay() % 6 === 0) continue;
    lines.push(`${dayText(at)} 09:00 in`, `${dayText(at)} 18:00 out`);
  }
  const begunMs = performance.now();
  const [anyPart] = presenceEvidence(stays('2026-04-01 00:00', ...lines), []);
  const tookMs = performance.now() - begunMs;
  expect(anyPart?.total.present).toBe(lines.length / 2);
  expect(anyPart?.years).toHaveLength(7);
  expect(anyPart?.residence.length).toEqual({ years: 7, months: 0, days: 0 });
  // Never a timed test: only that it is no search of every day for every day.
  expect(tookMs).toBeLessThan(2_000);
});
