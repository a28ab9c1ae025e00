import type { DeviceNow } from '../../../shared/contract/views.ts';

/** A clock further off than this is worth an eye. */
export const DRIFT_SHOWN_MS = 5_000;

/** Nothing to look at: in touch, no gap, no loss that nobody has settled, clock right now. */
export function isWell(device: DeviceNow): boolean {
  return (
    device.online &&
    device.missing === 0 &&
    !device.lostOpen &&
    Math.abs(device.driftMs ?? 0) < DRIFT_SHOWN_MS
  );
}

/** Whole seconds with a sign: ahead or behind, forward or back. */
export function driftText(driftMs: number): string {
  const seconds = Math.round(driftMs / 1_000);
  if (seconds === 0) return '0';
  return seconds > 0 ? `+${seconds}` : `−${-seconds}`;
}
