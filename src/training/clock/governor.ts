/** What the speed of the calendar is decided by, four times a second. */
export interface Load {
  /** Swipe to relay, 95th percentile, real ms. */
  readonly p95Ms: number;
  /** People in the longest queue of a working lane. */
  readonly longestQueue: number;
  /** Somebody follows the training clock: an engine is there to decide. */
  readonly engineHere: boolean;
}

/** Decisions later than this slow the calendar down. */
const LATE_MS = 500;
const FINE_MS = 250;
const LONG_QUEUE = 20;
const SHORT_QUEUE = 10;
/** Each quarter of a second. The step down stays small, so that an event read in it is still live. */
const SLOWER = 0.85;
const FASTER = 1.12;

/**
 * The speed for the next quarter of a second: as asked for while decisions come in time, lower when
 * they are late or queues grow, and real time at least. Without an engine the zone waits for one at
 * real time.
 */
export function nextSpeed(askedSpeed: number, speed: number, load: Load): number {
  const least = Math.min(1, askedSpeed);
  if (!load.engineHere) return least;
  if (load.p95Ms > LATE_MS || load.longestQueue > LONG_QUEUE) {
    return Math.max(least, speed * SLOWER);
  }
  if (load.p95Ms > FINE_MS || load.longestQueue > SHORT_QUEUE) return speed;
  return Math.min(askedSpeed, Math.max(least, speed) * FASTER);
}
