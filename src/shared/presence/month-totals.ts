import type { PersonClass } from '../domain/line.ts';
import type { PartDayRule } from '../domain/part-day-rule.ts';
import type { MonthCount } from './month-share.ts';

/** Persons and days of one class under one way of counting. */
export interface ClassTotal {
  readonly class: PersonClass | null;
  readonly rule: PartDayRule;
  readonly persons: number;
  readonly present: number;
  readonly unknown: number;
}

/** By class and rule. */
export type MonthTotals = Map<string, ClassTotal>;

/** Adds one person's shares of a month to those of the class. */
export function addToTotals(
  totals: MonthTotals,
  of: PersonClass | null,
  counts: readonly MonthCount[],
): void {
  for (const { present, rule, unknown } of counts) {
    add(totals, { class: of, rule, persons: present > 0 ? 1 : 0, present, unknown });
  }
}

/** Two parts of a month made one. */
export function mergeMonths(
  a: readonly ClassTotal[],
  b: readonly ClassTotal[],
): readonly ClassTotal[] {
  const totals: MonthTotals = new Map();
  for (const one of [...a, ...b]) add(totals, one);
  return [...totals].sort(([k], [l]) => (k < l ? -1 : 1)).map(([, one]) => one);
}

function add(totals: MonthTotals, one: ClassTotal): void {
  const key = `${one.class ?? ''} ${one.rule}`;
  const had = totals.get(key);
  if (had === undefined) totals.set(key, one);
  else {
    const { persons, present, unknown } = one;
    totals.set(key, {
      ...had,
      persons: had.persons + persons,
      present: had.present + present,
      unknown: had.unknown + unknown,
    });
  }
}
