/** How far a shown state can be trusted, by how long ago its source was heard. */
export type AgeState = 'fresh' | 'uncertain' | 'stale' | 'offline';

/**
 * Real ms since a source was heard; null = never. The engine says 0 while a source is fresh and
 * then sends nothing, so that a calm zone is quiet: such a row holds for as long as the engine
 * itself is heard (`engineMs`). Any other age counts on from when its row came (`receivedMs`).
 */
export function heardAge(
  agoMs: number | null,
  receivedMs: number | null,
  engineMs: number | null,
  nowMs: number,
): number | null {
  if (agoMs === null || receivedMs === null) return null;
  const sinceMs = agoMs === 0 ? Math.max(receivedMs, engineMs ?? receivedMs) : receivedMs;
  return agoMs + Math.max(0, nowMs - sinceMs);
}

const FRESH_MS = 10_000;
const UNCERTAIN_MS = 30_000;

/**
 * Fresh up to 10 s, uncertain up to 30 s, stale beyond. Offline: never heard, or the engine gave the
 * source up. `ageMs` is real time since it was last heard; null = never.
 */
export function ageState(ageMs: number | null, online = true): AgeState {
  if (ageMs === null || !online) return 'offline';
  if (ageMs <= FRESH_MS) return 'fresh';
  return ageMs <= UNCERTAIN_MS ? 'uncertain' : 'stale';
}
