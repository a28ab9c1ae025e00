import { PartDayRule } from '../domain/part-day-rule.ts';
import { type DayNumber, dayOf, yearOfAssessment, yearOfAssessmentOf } from './calendar.ts';
import { countDays, type DayCount, type DayMarks, daysTouched, markDays } from './day-rules.ts';
import { type DayTest, dayTests } from './day-tests.ts';
import { type PermitTime, type Residence, residence } from './residence.ts';
import type { Span } from './stays.ts';

/** A year of assessment under one rule, named by the year in which it begins. */
export interface YearCount {
  readonly year: number;
  readonly days: DayCount;
  readonly tests: readonly DayTest[];
}

/** What one person's crossings show under one way of counting. */
export interface RuleEvidence {
  readonly rule: PartDayRule;
  readonly total: DayCount;
  readonly years: readonly YearCount[];
  readonly residence: Residence;
  /** What each day counts as: what the figures open to. */
  readonly marks: DayMarks;
}

/**
 * Evidence of one person's presence, never a decision: every way of counting side by side over the
 * same times. Its years are those that the times touch.
 */
export function presenceEvidence(
  spans: readonly Span[],
  permits: readonly PermitTime[],
): RuleEvidence[] {
  const years = yearsOf(spans);
  return PartDayRule.options.map((rule) => {
    const marks = markDays(spans, rule);
    const counted = years.map((year) => {
      return {
        year,
        days: countDays(marks, yearOfAssessment(year)),
        tests: dayTests(marks, year),
      };
    });
    const total = { present: 0, unknown: 0 };
    for (const mark of marks.values()) total[mark] += 1;
    return { rule, total, years: counted, residence: residence(marks, permits), marks };
  });
}

/** The years of assessment that the times touch, each one between the first and the last. */
function yearsOf(spans: readonly Span[]): number[] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const span of spans) {
    const { from, to } = daysTouched(span);
    first = Math.min(first, yearOfAssessmentOf(from));
    last = Math.max(last, yearOfAssessmentOf(to));
  }
  if (last < first) return [];
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/**
 * What each day's figure opens to: the crossings and corrections at the ends of the times that
 * touch it. A night is borne by the stay that goes on after it, so its last moment counts too.
 */
export function sourcesByDay(spans: readonly Span[]): Map<DayNumber, readonly string[]> {
  const byDay = new Map<DayNumber, string[]>();
  for (const { fromMs, toMs, sources } of spans) {
    const last = dayOf(toMs);
    for (let day = dayOf(fromMs); day <= last; day += 1) {
      const had = byDay.get(day);
      if (had === undefined) byDay.set(day, [...sources]);
      else had.push(...sources.filter((source) => !had.includes(source)));
    }
  }
  return byDay;
}
