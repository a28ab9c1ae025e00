import { hkMonth } from '../lib/hk-time.ts';
import {
  addMonths,
  type DayNumber,
  type DayRange,
  dateOf,
  dayAt,
  dayOf,
  dayStartMs,
} from './calendar.ts';
import type { DayMarks } from './day-rules.ts';

/** Days on end on which nobody was present for sure. */
export interface Absence extends DayRange {
  readonly days: number;
  /** Those of them of which it is not known: the absence may be shorter, or be two. */
  readonly unknown: number;
  /** Longer than six calendar months. */
  readonly overSixMonths: boolean;
}

/**
 * What the crossings show towards ordinary residence for a continuous period (Immigration
 * Ordinance, Schedule 1): evidence to be handed in. It is no day total, and no answer.
 */
export interface Residence {
  /** The first and last day of presence; null where there is none. */
  readonly span: DayRange | null;
  /** Whole years, months and days from the first to the last day. */
  readonly length: { readonly years: number; readonly months: number; readonly days: number };
  /** Every absence of more than `COMMUTER_DAYS` days, in order. */
  readonly absences: readonly Absence[];
  /** Shorter ones, which a week's end or a holiday makes: how many. */
  readonly shortAbsences: number;
  readonly longest: Absence | null;
  /** Months in which a permit was valid for at least a moment, `YYYY-MM`, in order. */
  readonly permitMonths: readonly string[];
}

/** A time in which somebody had a permit that was valid, ms since 1970. */
export interface PermitTime {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Who comes for the working days only is away for a week's end: that is no absence to list. */
export const COMMUTER_DAYS = 4;
const SIX_MONTHS = 6;

export function residence(marks: DayMarks, permits: readonly PermitTime[]): Residence {
  const present = [...marks].filter(([, mark]) => mark === 'present').map(([day]) => day);
  present.sort((a, b) => a - b);
  const [first, last] = [present[0], present.at(-1)];
  const months = permitMonths(permits);
  if (first === undefined || last === undefined) {
    const length = { years: 0, months: 0, days: 0 };
    return {
      span: null,
      length,
      absences: [],
      shortAbsences: 0,
      longest: null,
      permitMonths: months,
    };
  }
  const all = absencesBetween(present, marks);
  let longest: Absence | null = null;
  for (const absence of all) if (absence.days > (longest?.days ?? 0)) longest = absence;
  const absences = all.filter(({ days }) => days > COMMUTER_DAYS);
  return {
    span: { from: first, to: last },
    length: lengthOf(first, last),
    absences,
    shortAbsences: all.length - absences.length,
    longest,
    permitMonths: months,
  };
}

function absencesBetween(present: readonly DayNumber[], marks: DayMarks): Absence[] {
  const absences: Absence[] = [];
  for (const [i, day] of present.entries()) {
    const next = present[i + 1];
    if (next === undefined || next === day + 1) continue;
    const [from, to] = [day + 1, next - 1];
    let unknown = 0;
    for (let at = from; at <= to; at += 1) if (marks.has(at)) unknown += 1;
    // From 1 March on, six months are over with 1 September: away that day too is more.
    const overSixMonths = to >= addMonths(from, SIX_MONTHS);
    absences.push({ from, to, days: to - from + 1, unknown, overSixMonths });
  }
  return absences;
}

/** From the first day to the end of the last one, as a calendar says it. */
function lengthOf(first: DayNumber, last: DayNumber): Residence['length'] {
  const end = last + 1;
  const [from, to] = [dateOf(first), dateOf(end)];
  let months = (to.year - from.year) * 12 + (to.month - from.month);
  if (addMonths(first, months) > end) months -= 1;
  const days = end - addMonths(first, months);
  return { years: Math.floor(months / 12), months: months % 12, days };
}

/** The months, `YYYY-MM`, in which a permit is valid for at least a moment, in order. */
export function permitMonths(permits: readonly PermitTime[]): string[] {
  const months = new Set<string>();
  for (const { fromMs, toMs } of permits) {
    if (toMs <= fromMs) continue;
    const { year, month } = dateOf(dayOf(fromMs));
    const last = hkMonth(toMs - 1);
    for (let day = dayAt(year, month, 1), i = 0; i < MOST_MONTHS; i += 1) {
      const text = hkMonth(dayStartMs(day));
      months.add(text);
      if (text >= last) break;
      day = addMonths(day, 1);
    }
  }
  return [...months].sort();
}

/** A permit that never ends is looked at for a century. */
const MOST_MONTHS = 1_200;
