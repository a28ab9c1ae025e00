import { DAY_MS, hkDay, hkDayStart, hkMidnight } from '../lib/hk-time.ts';
import type { RegimeSettings } from './regime-shape.ts';

/** A calendar month or year, or so many calendar days. */
export type Every = NonNullable<RegimeSettings['personAllowance']>['every'];

/** The Hong Kong midnight with which the period of a moment began, ms since 1970. */
export function periodFromMs(every: Every, atMs: number): number {
  if (typeof every === 'number') return hkMidnight(atMs) - (every - 1) * DAY_MS;
  const day = hkDay(atMs);
  return hkDayStart(every === 'month' ? `${day.slice(0, 7)}-01` : `${day.slice(0, 4)}-01-01`);
}
