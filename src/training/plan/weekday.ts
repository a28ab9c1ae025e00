import { DAY_MS, hkWeekday } from '../../shared/lib/hk-time.ts';

const OFFSET_MS = 8 * 3_600_000;

/** A Hong Kong day as a number: days since 1970-01-01 on that calendar. */
export function dayNumberOf(wallMs: number): number {
  return Math.floor((wallMs + OFFSET_MS) / DAY_MS);
}

/** The first millisecond of a day. */
export function dayStartMs(dayNumber: number): number {
  return dayNumber * DAY_MS - OFFSET_MS;
}

/** 0 Monday … 6 Sunday. */
export function weekdayOf(dayNumber: number): number {
  return hkWeekday(dayStartMs(dayNumber)) - 1;
}

/** The kinds of travellers that the figures tell apart. */
export interface Mix {
  readonly residents: number;
  readonly mainland: number;
  readonly others: number;
}

/** How busy a day is beside the mean day, which is 1. */
export interface DemandSource {
  readonly factorOf: (dayNumber: number) => number;
  /** Each kind's part of the day beside its part of the mean day, which is 1; absent: always 1. */
  readonly mixOf?: (dayNumber: number) => Mix;
}

/**
 * Persons in both directions on the mean Monday … Sunday of 2025 at Lok Ma Chau Spur Line. Source:
 * Immigration Department of Hong Kong, Statistics on Daily Passenger Traffic (data.gov.hk).
 */
const SPUR_LINE_WEEK = [145_550, 136_704, 137_953, 142_866, 164_402, 212_386, 192_880] as const;
const MEAN = SPUR_LINE_WEEK.reduce((sum, one) => sum + one, 0) / SPUR_LINE_WEEK.length;

/** The built-in week. */
export const weekdayDemand: DemandSource = {
  factorOf: (dayNumber) => (SPUR_LINE_WEEK[weekdayOf(dayNumber)] ?? MEAN) / MEAN,
};
