/** Up to this age what a board told is taken as it is. */
export const FRESH_MS = 10_000;
/** Up to this age it is uncertain; older is stale. */
export const UNCERTAIN_MS = 30_000;
/** A board silent for longer is called offline: its last state says nothing any more. */
export const OFFLINE_MS = 120_000;

/** How far a shown state can be trusted, by age alone. Only `fresh` may look well. */
export type Freshness = 'fresh' | 'uncertain' | 'stale' | 'offline';

/** `ageMs`: real ms since the board was last heard, null = never. */
export function freshnessOf(ageMs: number | null): Freshness {
  if (ageMs === null || ageMs > OFFLINE_MS) return 'offline';
  if (ageMs > UNCERTAIN_MS) return 'stale';
  return ageMs > FRESH_MS ? 'uncertain' : 'fresh';
}

/** Ms until the age alone changes the freshness; null when it never will. */
export function freshForMs(ageMs: number | null): number | null {
  if (ageMs === null) return null;
  for (const limit of [FRESH_MS, UNCERTAIN_MS, OFFLINE_MS]) {
    if (ageMs <= limit) return limit - ageMs + 1;
  }
  return null;
}
