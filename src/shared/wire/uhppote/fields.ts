/**
 * The kinds of field that stand in a UHPPOTE message, each able to read and to write itself.
 * Reading never throws, whatever the bytes: it gives a value or says what is wrong. Writing a value
 * out of range is a programmer's mistake and throws. Sources: uhppote-core's codec (integers little
 * endian, bool 0/1 and nothing else, dates in BCD).
 */
import { assert } from '../../lib/assert.ts';
import { fail, ok, type Result } from '../../lib/result.ts';
import { allZero, bcdByte, bcdRun, hkMoment, hkParts, toBcd } from './bcd.ts';

export interface Field<T> {
  /** First byte of the field in the 64-byte message. */
  readonly at: number;
  read(view: DataView): Result<T>;
  write(view: DataView, value: T): void;
}

function wrong(at: number, text: string): ReturnType<typeof fail> {
  return fail('bad-field', text, `byte ${at}`);
}

function hex(byte: number): string {
  return `0x${byte.toString(16).padStart(2, '0')}`;
}

function inRange(value: number, low: number, high: number, at: number): void {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  throw new Error(`byte ${at} takes ${low}-${high}, not ${value}`);
}

/** An unsigned byte. */
export function u8(at: number): Field<number> {
  return {
    at,
    read: (view) => ok(view.getUint8(at)),
    write: (view, value) => {
      inRange(value, 0, 0xff, at);
      view.setUint8(at, value);
    },
  };
}

/** An unsigned byte that may only be one of a range. */
export function u8In(at: number, low: number, high: number, what: string): Field<number> {
  return {
    at,
    read: (view) => {
      const value = view.getUint8(at);
      if (value >= low && value <= high) return ok(value);
      return wrong(at, `${what} must be ${low}-${high}, not ${value}`);
    },
    write: (view, value) => {
      inRange(value, low, high, at);
      view.setUint8(at, value);
    },
  };
}

/** An unsigned byte that may only be one of some values. */
export function u8Of(at: number, values: readonly number[], what: string): Field<number> {
  const all = values.join(', ');
  return {
    at,
    read: (view) => {
      const value = view.getUint8(at);
      return values.includes(value) ? ok(value) : wrong(at, `${what} is ${all}, not ${value}`);
    },
    write: (view, value) => {
      assert(values.includes(value), `byte ${at} takes ${all}, not ${value}`);
      view.setUint8(at, value);
    },
  };
}

/** An unsigned 32-bit number, little endian. */
export function u32(at: number): Field<number> {
  return {
    at,
    read: (view) => ok(view.getUint32(at, true)),
    write: (view, value) => {
      inRange(value, 0, 0xffffffff, at);
      view.setUint32(at, value, true);
    },
  };
}

/** 0 or 1; any other value is an error (uhppote-core). */
export function bool(at: number): Field<boolean> {
  return {
    at,
    read: (view) => {
      const value = view.getUint8(at);
      return value > 1 ? wrong(at, `a yes or no must be 0 or 1, not ${value}`) : ok(value === 1);
    },
    write: (view, value) => view.setUint8(at, value ? 1 : 0),
  };
}

/** The word 55 AA AA 55 that guards dangerous requests; a request without it is refused. */
export function magic(at: number): Field<true> {
  return {
    at,
    read: (view) => {
      const value = view.getUint32(at, true);
      return value === 0x55aaaa55 ? ok(true) : wrong(at, 'the guard word 55 AA AA 55 is missing');
    },
    write: (view) => view.setUint32(at, 0x55aaaa55, true),
  };
}

/** An IPv4 address, `a.b.c.d`. */
export function ipv4(at: number): Field<string> {
  return {
    at,
    read: (view) => ok([0, 1, 2, 3].map((i) => view.getUint8(at + i)).join('.')),
    write: (view, value) => {
      const parts = value.split('.').map(Number);
      assert(parts.length === 4, `not an IPv4 address: ${value}`);
      parts.forEach((part, i) => {
        inRange(part, 0, 255, at + i);
        view.setUint8(at + i, part);
      });
    },
  };
}

/** A UDP port: little endian after the address, unlike network order (uhppote-core). */
export function port(at: number): Field<number> {
  return {
    at,
    read: (view) => ok(view.getUint16(at, true)),
    write: (view, value) => {
      inRange(value, 0, 0xffff, at);
      view.setUint16(at, value, true);
    },
  };
}

/** A hardware address, `00:66:19:39:55:2d`. */
export function mac(at: number): Field<string> {
  return {
    at,
    read: (view) => {
      const parts = [0, 1, 2, 3, 4, 5].map((i) => view.getUint8(at + i));
      return ok(parts.map((part) => part.toString(16).padStart(2, '0')).join(':'));
    },
    write: (view, value) => {
      const parts = value.split(':').map((part) => Number.parseInt(part, 16));
      assert(parts.length === 6, `not a hardware address: ${value}`);
      parts.forEach((part, i) => {
        inRange(part, 0, 255, at + i);
        view.setUint8(at + i, part);
      });
    },
  };
}

/** A firmware version: two BCD bytes, `08 92` = `8.92`. */
export function version(at: number): Field<string> {
  return {
    at,
    read: (view) => {
      const major = bcdByte(view.getUint8(at));
      const minor = bcdByte(view.getUint8(at + 1));
      if (major === null || minor === null) return wrong(at, 'a version must be decimal digits');
      return ok(`${major}.${String(minor).padStart(2, '0')}`);
    },
    write: (view, value) => {
      const [major = Number.NaN, minor = Number.NaN] = value.split('.').map(Number);
      inRange(major, 0, 99, at);
      inRange(minor, 0, 99, at + 1);
      view.setUint8(at, toBcd(major));
      view.setUint8(at + 1, toBcd(minor));
    },
  };
}

/** A date in 4 BCD bytes, `YYYY-MM-DD`; all zero means none. */
export function date(at: number): Field<string | null> {
  return {
    at,
    read: (view) => {
      if (allZero(view, at, 4)) return ok(null);
      const run = bcdRun(view, at, 4);
      const [century = 0, year = 0, month = 0, day = 0] = run ?? [];
      const moment = { year: century * 100 + year, month, day, hour: 0, minute: 0, second: 0 };
      if (run === null || hkMoment(moment) === null) return wrong(at, 'there is no such date');
      const pad = (value: number): string => String(value).padStart(2, '0');
      return ok(`${pad(century)}${pad(year)}-${pad(month)}-${pad(day)}`);
    },
    write: (view, value) => {
      const digits = value === null ? '00000000' : value.replaceAll('-', '');
      assert(/^\d{8}$/.test(digits), `not a date: ${value}`);
      for (let i = 0; i < 4; i += 1) {
        view.setUint8(at + i, toBcd(Number(digits.slice(i * 2, i * 2 + 2))));
      }
    },
  };
}

/** A time of day in 2 BCD bytes, `HH:mm`. */
export function hourMinute(at: number): Field<string> {
  return {
    at,
    read: (view) => {
      const [hour = 24, minute = 60] = bcdRun(view, at, 2) ?? [];
      if (hour > 23 || minute > 59) return wrong(at, 'there is no such time of day');
      const pad = (value: number): string => String(value).padStart(2, '0');
      return ok(`${pad(hour)}:${pad(minute)}`);
    },
    write: (view, value) => {
      const [hour = Number.NaN, minute = Number.NaN] = value.split(':').map(Number);
      inRange(hour, 0, 23, at);
      inRange(minute, 0, 59, at + 1);
      view.setUint8(at, toBcd(hour));
      view.setUint8(at + 1, toBcd(minute));
    },
  };
}

/** Date and time in 7 BCD bytes, as ms since 1970 of that Hong Kong time; all zero means none. */
export function dateTime(at: number): Field<number | null> {
  return {
    at,
    read: (view) => {
      if (allZero(view, at, 7)) return ok(null);
      const run = bcdRun(view, at, 7);
      if (run === null) return wrong(at, `not a date and time: ${hex(view.getUint8(at))}…`);
      const [century = 0, year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = run;
      const ms = hkMoment({ year: century * 100 + year, month, day, hour, minute, second });
      return ms === null ? wrong(at, 'there is no such date and time') : ok(ms);
    },
    write: (view, value) => {
      if (value === null) return;
      const p = hkParts(value);
      inRange(p.year, 1, 9999, at);
      const run = [
        Math.floor(p.year / 100),
        p.year % 100,
        p.month,
        p.day,
        p.hour,
        p.minute,
        p.second,
      ];
      run.forEach((part, i) => {
        view.setUint8(at + i, toBcd(part));
      });
    },
  };
}

/**
 * The clock of a status message: hhmmss at one place and YYMMDD at another, as ms since 1970.
 * None (all zero) is what a board with a dead clock battery shows.
 */
export function splitClock(timeAt: number, dateAt: number): Field<number | null> {
  return {
    at: timeAt,
    read: (view) => {
      if (allZero(view, dateAt, 3)) return ok(null);
      const day = bcdRun(view, dateAt, 3);
      const time = bcdRun(view, timeAt, 3);
      if (day === null) return wrong(dateAt, 'not a date');
      if (time === null) return wrong(timeAt, 'not a time');
      const [year = 0, month = 0, dayOfMonth = 0] = day;
      const [hour = 0, minute = 0, second = 0] = time;
      const ms = hkMoment({ year: 2000 + year, month, day: dayOfMonth, hour, minute, second });
      return ms === null ? wrong(dateAt, 'there is no such date and time') : ok(ms);
    },
    write: (view, value) => {
      if (value === null) return;
      const p = hkParts(value);
      [p.hour, p.minute, p.second].forEach((part, i) => {
        view.setUint8(timeAt + i, toBcd(part));
      });
      [p.year % 100, p.month, p.day].forEach((part, i) => {
        view.setUint8(dateAt + i, toBcd(part));
      });
    },
  };
}

/** A keypad code in 3 bytes, little endian; 0 = none, at most 999999. */
export function pin(at: number): Field<number> {
  return {
    at,
    read: (view) => {
      const value = view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
      return value > 999_999 ? wrong(at, `a code has at most 6 digits, not ${value}`) : ok(value);
    },
    write: (view, value) => {
      inRange(value, 0, 999_999, at);
      view.setUint16(at, value & 0xffff, true);
      view.setUint8(at + 2, value >> 16);
    },
  };
}
