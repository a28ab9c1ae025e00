/** What the speed of the calendar is decided by, four times a second. */
export interface Load {
  /** Swipe to relay, 95th percentile, real ms. */
  readonly p95Ms: number;
  /** People in the longest queue of a working lane. */
  readonly longestQueue: number;
  /** The same a quarter of a second before: a queue that shrinks needs no more help. */
  readonly longestBefore: number;
  /** Somebody follows the training clock: an engine is there to decide. */
  readonly engineHere: boolean;
}

/** Decisions later than this slow the calendar down, and earlier than that let it go faster. */
const LATE_MS = 500;
const FINE_MS = 250;
/** The steps of a quarter of a second stay small: an event read meanwhile is still live. */
const MUCH_SLOWER = 0.88;
const SLOWER = 0.93;
const FASTER = 1.1;
/** While nobody waits anywhere. */
const MUCH_FASTER = 1.3;
/** The longest queue that the speed aims at, and how hard. */
const QUEUE = 14;
const GAIN = 0.12;
/** Below this speed queues are as they would be in life: walking takes most of the time. */
const QUEUE_FLOOR = 20;

/**
 * The speed for the next quarter of a second: as asked for while decisions come in time, lower when
 * they are late or queues grow longer than they would in life, and real time at least. Without an
 * engine the zone waits for one at real time.
 */
export function nextSpeed(askedSpeed: number, speed: number, load: Load): number {
  const least = Math.min(1, askedSpeed);
  if (!load.engineHere) return least;
  if (load.p95Ms > LATE_MS) return Math.max(least, speed * MUCH_SLOWER);
  const byQueue = (QUEUE / Math.max(1, load.longestQueue)) ** GAIN;
  if (byQueue < 1) {
    const floor = Math.min(askedSpeed, QUEUE_FLOOR, speed);
    const shrinks = load.longestQueue < load.longestBefore;
    return shrinks ? speed : Math.max(floor, speed * Math.max(SLOWER, byQueue));
  }
  if (load.p95Ms > FINE_MS) return speed;
  const most = load.longestQueue <= 2 ? MUCH_FASTER : Math.min(FASTER, byQueue);
  return Math.min(askedSpeed, Math.max(least, speed) * most);
}
