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
