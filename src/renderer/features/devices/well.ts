import type { DeviceNow } from '../../../shared/contract/views.ts';
import { ageState } from '../../../shared/domain/age-state.ts';

/** A clock further off than this is worth an eye. */
export const DRIFT_SHOWN_MS = 5_000;

/** A larger share of questions without an answer is worth an eye. */
const LOSS_SHOWN = 0.05;

/** The share of the last minutes' questions that got no answer; 0 where none was asked. */
export function lossOf({ trips }: Pick<DeviceNow, 'trips'>): number {
  return trips === null || trips.asked === 0 ? 0 : trips.lost / trips.asked;
}

export function isLossy(device: Pick<DeviceNow, 'trips'>): boolean {
  return lossOf(device) > LOSS_SHOWN;
}

/**
 * Nothing to look at: heard just now, its answers come, no gap, no loss that nobody has settled,
 * clock right now.
 */
export function isWell(device: DeviceNow): boolean {
  // That nobody can look at the USB is told; a reader that needs it says so itself.
  if (device.type === 'usb') return true;
  return (
    ageState(device.heardAgoMs, device.online) === 'fresh' &&
    !isLossy(device) &&
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
