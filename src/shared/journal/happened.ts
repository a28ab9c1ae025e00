import { DAY_MS } from '../lib/hk-time.ts';

/** Nothing is believed to have happened longer before it was written. */
export const MAX_LATE_MS = 31 * DAY_MS;
/** Nothing happened later than this after it was written. */
export const MAX_EARLY_MS = 60_000;

/**
 * When an event happened: the device's time where it is plausible (not more than a minute ahead of
 * us, not more than 31 days back), else the moment it was journalled.
 */
export function happenedMs(event: { at: number; deviceAt: number | null }): number {
  const { at, deviceAt } = event;
  if (deviceAt === null || deviceAt > at + MAX_EARLY_MS || deviceAt < at - MAX_LATE_MS) return at;
  return deviceAt;
}
