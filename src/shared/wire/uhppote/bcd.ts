/**
 * Binary-coded decimal as the boards write dates and times: two digits a byte, `0x23 0x59` = 23:59.
 * Board time is local time without a zone: here always Hong Kong time, which has had no daylight
 * saving since 1979.
 */
const HK_OFFSET_MS = 8 * 3_600_000;

/** The number behind one BCD byte, or null where a half is not a digit. */
export function bcdByte(byte: number): number | null {
  const high = byte >> 4;
  const low = byte & 0x0f;
  return high > 9 || low > 9 ? null : high * 10 + low;
}

/** The BCD byte of a number 0-99. */
export function toBcd(value: number): number {
  return (Math.floor(value / 10) << 4) | (value % 10);
}

/** The numbers behind a run of BCD bytes, or null where any half is not a digit. */
export function bcdRun(view: DataView, at: number, length: number): number[] | null {
  const numbers: number[] = [];
  for (let i = 0; i < length; i += 1) {
    const value = bcdByte(view.getUint8(at + i));
    if (value === null) return null;
    numbers.push(value);
  }
  return numbers;
}

/** True where the run is nothing but zero bytes: the boards' way to say "none". */
export function allZero(view: DataView, at: number, length: number): boolean {
  for (let i = 0; i < length; i += 1) if (view.getUint8(at + i) !== 0) return false;
  return true;
}

export interface CalendarParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** Milliseconds since 1970 of a Hong Kong calendar moment, or null where there is none such. */
export function hkMoment(parts: CalendarParts): number | null {
  const { year, month, day, hour, minute, second } = parts;
  if (hour > 23 || minute > 59 || second > 59) return null;
  const utc = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(utc);
  const same =
    back.getUTCFullYear() === year && back.getUTCMonth() === month - 1 && back.getUTCDate() === day;
  return same ? utc - HK_OFFSET_MS : null;
}

/** The Hong Kong calendar parts of a moment; milliseconds are cut off, as on a board. */
export function hkParts(ms: number): CalendarParts {
  const date = new Date(ms + HK_OFFSET_MS);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}
