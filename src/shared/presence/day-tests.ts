import { addMonths, type DayRange, twelveMonthsFrom, yearOfAssessment } from './calendar.ts';
import { countDays, type DayCount, type DayMarks } from './day-rules.ts';

/**
 * The day counts that tax law asks for. Each only says how many days the crossings show; what
 * follows from them is for the authority to decide.
 */
export const DAY_TESTS = [
  /** More than 180 days in a year of assessment: resident of Hong Kong for treaty use. */
  'over-180-in-year',
  /** More than 300 days in two years of assessment that follow each other: the same. */
  'over-300-in-two-years',
  /** At most 183 days in any twelve months that begin or end in the year: mainland exemption. */
  'at-most-183-in-twelve-months',
  /** At most 60 days in a year of assessment: employment exercised by a visitor. */
  'at-most-60-in-year',
] as const;
export type DayTestName = (typeof DAY_TESTS)[number];

/** `cannot-tell`: it hangs on days of which the presence is not known. */
export type DayTestAnswer = 'yes' | 'no' | 'cannot-tell';

export interface DayTest {
  readonly test: DayTestName;
  readonly limitDays: number;
  /** The days that were counted: for twelve months, those in which they were the most. */
  readonly range: DayRange;
  readonly days: DayCount;
  readonly answer: DayTestAnswer;
}

/** All day tests of the year of assessment that begins in `year`. */
export function dayTests(marks: DayMarks, year: number): DayTest[] {
  const range = yearOfAssessment(year);
  const days = countDays(marks, range);
  const two = { from: yearOfAssessment(year - 1).from, to: range.to };
  return [
    over('over-180-in-year', 180, range, days),
    over('over-300-in-two-years', 300, two, countDays(marks, two)),
    most183(marks, range),
    atMost('at-most-60-in-year', 60, range, days),
  ];
}

function over(test: DayTestName, limitDays: number, range: DayRange, days: DayCount): DayTest {
  const could = days.present + days.unknown > limitDays ? 'cannot-tell' : 'no';
  return { test, limitDays, range, days, answer: days.present > limitDays ? 'yes' : could };
}

function atMost(test: DayTestName, limitDays: number, range: DayRange, days: DayCount): DayTest {
  const surely = days.present + days.unknown <= limitDays ? 'yes' : 'cannot-tell';
  return { test, limitDays, range, days, answer: days.present > limitDays ? 'no' : surely };
}

/**
 * Twelve months are looked at from every day on which they can begin: those that begin in the year,
 * and those that end in it. The days move in and out of the window one by one.
 */
function most183(marks: DayMarks, year: DayRange): DayTest {
  const last = year.to;
  let from = addMonths(year.from, -12) + 1;
  let range = twelveMonthsFrom(from);
  let days = countDays(marks, range);
  let most = { range, days };
  while (from < last) {
    const next = twelveMonthsFrom(from + 1);
    const gone = countDays(marks, { from, to: from });
    const come = countDays(marks, { from: range.to + 1, to: next.to });
    days = {
      present: days.present - gone.present + come.present,
      unknown: days.unknown - gone.unknown + come.unknown,
    };
    [from, range] = [from + 1, next];
    if (isMore(days, most.days)) most = { range, days };
  }
  return atMost('at-most-183-in-twelve-months', 183, most.range, most.days);
}

/** The most days that are sure; where these are equal, the most that there could be. */
function isMore(a: DayCount, b: DayCount): boolean {
  return a.present === b.present ? a.unknown > b.unknown : a.present > b.present;
}
