import type { PartDayRule } from '../domain/part-day-rule.ts';
import { DAY_MS } from '../lib/hk-time.ts';
import { type DayNumber, type DayRange, dayOf, dayStartMs } from './calendar.ts';
import type { Span } from './stays.ts';

/** A day that is in no list is a day of absence. */
export type DayMarks = ReadonlyMap<DayNumber, 'present' | 'unknown'>;

const HALF_DAY_MS = DAY_MS / 2;

/** What each day counts as under a rule, over the times of one person. */
export function markDays(spans: readonly Span[], rule: PartDayRule): DayMarks {
  switch (rule) {
    case 'any-part':
      return markBy(spans, daysTouched);
    case 'nights':
      return markBy(spans, nightsOf);
    case 'over-half':
      return markOverHalf(spans);
  }
}

interface Time {
  readonly fromMs: number;
  readonly toMs: number;
}

function markBy(spans: readonly Span[], daysOf: (time: Time) => DayRange): DayMarks {
  const marks = new Map<DayNumber, 'present' | 'unknown'>();
  const mark = (times: readonly Time[], is: 'present' | 'unknown') => {
    for (const time of times) {
      const { from, to } = daysOf(time);
      for (let day = from; day <= to; day += 1) marks.set(day, is);
    }
  };
  mark(joined(spans), 'unknown');
  mark(joined(spans.filter(({ is }) => is === 'present')), 'present');
  return marks;
}

/** Times that touch made one: somebody who goes from one area to another was there throughout. */
function joined(spans: readonly Span[]): Time[] {
  const times: { fromMs: number; toMs: number }[] = [];
  for (const { fromMs, toMs } of spans) {
    const last = times.at(-1);
    if (last?.toMs === fromMs) last.toMs = toMs;
    else times.push({ fromMs, toMs });
  }
  return times;
}

/** Any part of a day. A stay that ends at midnight sharp has no part in the day that begins. */
export function daysTouched({ fromMs, toMs }: Time): DayRange {
  return { from: dayOf(fromMs), to: dayOf(Math.max(fromMs, toMs - 1)) };
}

/** A night belongs to the day that it ends: the person is there before and after midnight. */
function nightsOf({ fromMs, toMs }: Time): DayRange {
  return { from: dayOf(fromMs), to: dayOf(toMs - 1) - 1 };
}

function markOverHalf(spans: readonly Span[]): DayMarks {
  const held = new Map<DayNumber, { presentMs: number; unknownMs: number }>();
  for (const span of spans) {
    const { from, to } = daysTouched(span);
    for (let day = from; day <= to; day += 1) {
      const startMs = dayStartMs(day);
      const ms = Math.min(span.toMs, startMs + DAY_MS) - Math.max(span.fromMs, startMs);
      const had = held.get(day) ?? { presentMs: 0, unknownMs: 0 };
      if (span.is === 'present') had.presentMs += ms;
      else had.unknownMs += ms;
      held.set(day, had);
    }
  }
  const marks = new Map<DayNumber, 'present' | 'unknown'>();
  for (const [day, { presentMs, unknownMs }] of held) {
    if (presentMs > HALF_DAY_MS) marks.set(day, 'present');
    else if (presentMs + unknownMs > HALF_DAY_MS) marks.set(day, 'unknown');
  }
  return marks;
}

/** Days of presence, and days of which it is not known. */
export interface DayCount {
  readonly present: number;
  readonly unknown: number;
}

/** How many days of a range count. */
export function countDays(marks: DayMarks, { from, to }: DayRange): DayCount {
  let [present, unknown] = [0, 0];
  for (let day = from; day <= to; day += 1) {
    const mark = marks.get(day);
    if (mark === 'present') present += 1;
    else if (mark === 'unknown') unknown += 1;
  }
  return { present, unknown };
}
