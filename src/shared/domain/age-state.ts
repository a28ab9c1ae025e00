/**
 * How far a shown state can be trusted, by how long ago its source was heard. The one rule for the
 * map, the lanes, the devices and the engine itself: the same word means the same everywhere.
 */
export type AgeState = 'fresh' | 'uncertain' | 'stale' | 'offline';

export const FRESH_MS = 10_000;
const UNCERTAIN_MS = 30_000;

/**
 * Fresh up to 10 s, uncertain up to 30 s, then stale. What its driver cannot reach now (`online`
 * false) is never fresh, and offline instead of stale; so is what was never heard. `ageMs`: real
 * ms since it was last heard; null = never.
 */
export function ageState(ageMs: number | null, online: boolean): AgeState {
  if (ageMs === null) return 'offline';
  if (ageMs <= FRESH_MS && online) return 'fresh';
  if (ageMs <= UNCERTAIN_MS) return 'uncertain';
  return online ? 'stale' : 'offline';
}

/** Nobody knows how it is any more: no state of it counts. */
export function isSilent(age: AgeState): boolean {
  return age === 'stale' || age === 'offline';
}
