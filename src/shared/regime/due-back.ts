import { DAY_MS, hkMidnight, MINUTE_MS } from '../lib/hk-time.ts';
import type { RegimeSettings } from './regime-shape.ts';

/** Where a regime does not set it: an hour (project's choice). */
const WARN_MINUTES = 60;

/** How long before the cut-off those who are inside still are told of, ms. */
export function dueBackWarnsMs({ dayReturnWarnMinutes }: RegimeSettings): number {
  return (dayReturnWarnMinutes ?? WARN_MINUTES) * MINUTE_MS;
}

/**
 * When somebody admitted at `atMs` with the obligation `due-back` must be out again: the next
 * cut-off in Hong Kong time, ms since 1970; null where the regime sets none.
 */
export function dueBackMs(settings: RegimeSettings, atMs: number): number | null {
  const [hour, minute] = (settings.dayReturnCutOff ?? '').split(':').map(Number);
  if (hour === undefined || minute === undefined) return null;
  const offsetMs = (hour * 60 + minute) * MINUTE_MS;
  const cutOffMs = hkMidnight(atMs) + offsetMs;
  return atMs < cutOffMs ? cutOffMs : cutOffMs + DAY_MS;
}
