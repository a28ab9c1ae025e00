import { DAY_MS, hkDay, hkDayStart, hkMidnight } from '../lib/hk-time.ts';

/** A Hong Kong day as a number: days go up by one, and can be counted with. 0 = 1970-01-01. */
export type DayNumber = number;

const FIRST_MS = hkDayStart('1970-01-01');

/** The Hong Kong day of a moment, ms since 1970. */
export function dayOf(ms: number): DayNumber {
  return (hkMidnight(ms) - FIRST_MS) / DAY_MS;
}

/** The first millisecond of a day. */
export function dayStartMs(day: DayNumber): number {
  return FIRST_MS + day * DAY_MS;
}

/** `YYYY-MM-DD`. */
export function dayText(day: DayNumber): string {
  return hkDay(dayStartMs(day));
}

/** A day by its date; a day that a month does not have is the month's last (29 February). */
export function dayAt(year: number, month: number, date: number): DayNumber {
  const inMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return Date.UTC(year, month - 1, Math.min(date, inMonth)) / DAY_MS;
}

/** From the first day to the last one, both counted. */
export interface DayRange {
  readonly from: DayNumber;
  readonly to: DayNumber;
}

/** A Hong Kong year of assessment, by the year in which it begins: 1 April to 31 March. */
export function yearOfAssessment(year: number): DayRange {
  return { from: dayAt(year, 4, 1), to: dayAt(year + 1, 3, 31) };
}

/** The year of assessment in which a day lies, by the year in which it begins. */
export function yearOfAssessmentOf(day: DayNumber): number {
  const { year, month } = dateOf(day);
  return month >= 4 ? year : year - 1;
}

/** Year, month (1-12) and date (1-31) of a day. */
export function dateOf(day: DayNumber): { year: number; month: number; date: number } {
  const at = new Date(day * DAY_MS);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, date: at.getUTCDate() };
}

/**
 * The same date some months later or earlier. Where that month is too short it is its last day: a
 * month after 31 January is 28 or 29 February.
 */
export function addMonths(day: DayNumber, months: number): DayNumber {
  const { year, month, date } = dateOf(day);
  const at = year * 12 + (month - 1) + months;
  return dayAt(Math.floor(at / 12), (((at % 12) + 12) % 12) + 1, date);
}

/** The twelve months that begin on a day: up to the day before the same date a year later. */
export function twelveMonthsFrom(day: DayNumber): DayRange {
  return { from: day, to: addMonths(day, 12) - 1 };
}
