/** How far a shown state can be trusted, by how long ago its source was heard. */
export type AgeState = 'fresh' | 'uncertain' | 'stale' | 'offline';

const FRESH_MS = 10_000;
const UNCERTAIN_MS = 30_000;

/**
 * Fresh up to 10 s, uncertain up to 30 s, stale beyond. Offline: never heard, or the engine gave
 * the source up. `ageMs` is real time since it was last heard; null = never.
 */
export function ageState(ageMs: number | null, online = true): AgeState {
  if (ageMs === null || !online) return 'offline';
  if (ageMs <= FRESH_MS) return 'fresh';
  return ageMs <= UNCERTAIN_MS ? 'uncertain' : 'stale';
}
