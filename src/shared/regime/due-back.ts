import { hkDay, hkDayEnd, hkDayStart, MINUTE_MS } from '../lib/hk-time.ts';
import type { RegimeSettings } from './regime-shape.ts';

/**
 * When somebody admitted at `atMs` with the obligation `due-back` must be out again: the next
 * cut-off in Hong Kong time, ms since 1970; null where the regime sets none.
 */
export function dueBackMs(settings: RegimeSettings, atMs: number): number | null {
  const [hour, minute] = (settings.dayReturnCutOff ?? '').split(':').map(Number);
  if (hour === undefined || minute === undefined) return null;
  const offsetMs = (hour * 60 + minute) * MINUTE_MS;
  const today = hkDay(atMs);
  const cutOffMs = hkDayStart(today) + offsetMs;
  return atMs < cutOffMs ? cutOffMs : hkDayEnd(today) + offsetMs;
}
