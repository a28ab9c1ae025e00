import { hkDay, hkDayStart, hkTime, MINUTE_MS } from '../../shared/lib/hk-time.ts';

/** A moment as two fields hold it, on the Hong Kong calendar. */
export interface MomentFields {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** `HH:MM`. */
  readonly time: string;
}

/** The moment that the fields name, ms since 1970; null where they name none. */
export function momentOf({ day, time }: MomentFields): number | null {
  const found = /^(\d{2}):(\d{2})$/.exec(time);
  const startMs = hkDayStart(day);
  if (found === null || Number.isNaN(startMs)) return null;
  const [hour, minute] = [Number(found[1]), Number(found[2])];
  return hour < 24 && minute < 60 ? startMs + (hour * 60 + minute) * MINUTE_MS : null;
}

/** The fields of a moment, up to the next full minute. */
export function fieldsOfMoment(ms: number): MomentFields {
  const full = Math.ceil(ms / MINUTE_MS) * MINUTE_MS;
  return { day: hkDay(full), time: hkTime(full).slice(0, 5) };
}

const HOUR_MS = 60 * MINUTE_MS;

/** What is offered first: in an hour, or from when on its own text lets it decide. */
export function firstMoment(nowMs: number, effectiveFromMs: number): number {
  return Math.max(nowMs + HOUR_MS, effectiveFromMs);
}
