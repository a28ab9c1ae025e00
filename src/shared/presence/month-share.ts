import { PartDayRule } from '../domain/part-day-rule.ts';
import { addMonths, type DayRange, dateOf, dayAt, dayOf } from './calendar.ts';
import { countDays, type DayMarks, markDays } from './day-rules.ts';
import type { Span } from './stays.ts';

/** One person's days of a month under one way of counting. They add up to the month's days. */
export interface MonthCount {
  readonly rule: PartDayRule;
  readonly present: number;
  readonly unknown: number;
  readonly absent: number;
  /** How many times on end the person was absent, and the longest of them in days. */
  readonly absences: number;
  readonly longestAbsence: number;
}

/**
 * The days of a month `YYYY-MM` that have begun by a moment, ms; null for what is no month, and
 * for one that has not begun.
 */
export function monthDays(month: string, nowMs: number): DayRange | null {
  const [year = 0, of = 0] = month.split('-').map(Number);
  if (!/^\d{4}-\d{2}$/.test(month) || of < 1 || of > 12) return null;
  const from = dayAt(year, of, 1);
  const to = Math.min(addMonths(from, 1) - 1, dayOf(nowMs));
  return to < from ? null : { from, to };
}

/** The months from one moment to another, ms, both included, `YYYY-MM`, newest first. */
export function monthsBetween(fromMs: number, toMs: number): string[] {
  const months: string[] = [];
  const first = dateOf(dayOf(fromMs));
  for (let day = dayOf(toMs); months.length < MOST_MONTHS; day = addMonths(day, -1)) {
    const { year, month } = dateOf(day);
    if (year < first.year || (year === first.year && month < first.month)) break;
    months.push(`${year}-${String(month).padStart(2, '0')}`);
  }
  return months;
}

const MOST_MONTHS = 240;

/** A person's share of a month, under every way of counting; null where no day counts as any. */
export function monthShare(spans: readonly Span[], days: DayRange): MonthCount[] | null {
  const counts = PartDayRule.options.map((rule) => countOf(rule, markDays(spans, rule), days));
  return counts.some(({ present, unknown }) => present + unknown > 0) ? counts : null;
}

function countOf(rule: PartDayRule, marks: DayMarks, days: DayRange): MonthCount {
  const { present, unknown } = countDays(marks, days);
  let [absences, longestAbsence, onEnd] = [0, 0, 0];
  for (let day = days.from; day <= days.to; day += 1) {
    onEnd = marks.has(day) ? 0 : onEnd + 1;
    if (onEnd === 1) absences += 1;
    longestAbsence = Math.max(longestAbsence, onEnd);
  }
  const absent = days.to - days.from + 1 - present - unknown;
  return { rule, present, unknown, absent, absences, longestAbsence };
}
