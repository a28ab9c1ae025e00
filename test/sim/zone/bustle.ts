const HOUR_MS = 3_600_000;
/** A run begins with half an hour of bustle, and has another each so often; the rest is night. */
const EVERY_MS = 12.5 * HOUR_MS;
const LASTS_MS = 0.5 * HOUR_MS;
const AT_NIGHT = 0.03;

/** Two of these: long enough for nights and the change of the day, short enough to be repeated. */
export const RUN_HOURS = 25;

/**
 * How much of what people and chance do by day they do at this moment of a run, 0 to 1. At night
 * every timer runs as ever, and each kind of fault still comes, only more rarely.
 */
export function bustleAt(nowMs: number): number {
  return nowMs % EVERY_MS < LASTS_MS ? 1 : AT_NIGHT;
}

/** How many hours of bustle a run of so many hours has. */
export function bustleHours(hours: number): number {
  const [everyHours, lastsHours] = [EVERY_MS / HOUR_MS, LASTS_MS / HOUR_MS];
  return Math.floor(hours / everyHours) * lastsHours + Math.min(hours % everyHours, lastsHours);
}
