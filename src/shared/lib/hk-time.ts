/** Hong Kong has had no daylight saving since 1979: UTC+8 all year. */
const OFFSET_MS = 8 * 3_600_000;
export const DAY_MS = 86_400_000;
export const WEEK_MS = 7 * DAY_MS;
export const MINUTE_MS = 60_000;

/** The day asked for last: nearly every moment that is asked for lies in it too. */
let lastDay = { startMs: Number.NaN, text: '' };

/** `YYYY-MM-DD` of a moment, on the Hong Kong calendar. */
export function hkDay(ms: number): string {
  const startMs = hkMidnight(ms);
  if (startMs !== lastDay.startMs) {
    lastDay = { startMs, text: new Date(startMs + OFFSET_MS).toISOString().slice(0, 10) };
  }
  return lastDay.text;
}

/** `YYYY-MM` of a moment, on the Hong Kong calendar. */
export function hkMonth(ms: number): string {
  return hkDay(ms).slice(0, 7);
}

/** The first millisecond of the Hong Kong day that a moment falls into. */
export function hkMidnight(ms: number): number {
  return Math.floor((ms + OFFSET_MS) / DAY_MS) * DAY_MS - OFFSET_MS;
}

/** `HH:mm:ss` of a moment in Hong Kong. */
export function hkTime(ms: number): string {
  return new Date(ms + OFFSET_MS).toISOString().slice(11, 19);
}

/** `YYYY-MM-DD HH:mm:ss` of a moment in Hong Kong. */
export function hkDayTime(ms: number): string {
  return `${hkDay(ms)} ${hkTime(ms)}`;
}

/** Minutes since Hong Kong midnight, 0-1439. */
export function hkMinuteOfDay(ms: number): number {
  return Math.floor(((((ms + OFFSET_MS) % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS);
}

/** 1 Monday … 7 Sunday, on the Hong Kong calendar. */
export function hkWeekday(ms: number): number {
  return ((new Date(ms + OFFSET_MS).getUTCDay() + 6) % 7) + 1;
}

/** The first millisecond of a Hong Kong day `YYYY-MM-DD`; NaN for what is not a date. */
export function hkDayStart(day: string): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return Number.NaN;
  const utc = Date.parse(`${day}T00:00:00.000Z`);
  if (Number.isNaN(utc)) return Number.NaN;
  return new Date(utc).toISOString().slice(0, 10) === day ? utc - OFFSET_MS : Number.NaN;
}

/** The minute bucket that a moment falls into: its first millisecond. */
export function minuteOf(ms: number): number {
  return Math.floor(ms / MINUTE_MS) * MINUTE_MS;
}

/** The end of a Hong Kong day (the next midnight). */
export function hkDayEnd(day: string): number {
  return hkDayStart(day) + DAY_MS;
}
