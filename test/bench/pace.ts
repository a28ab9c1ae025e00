/** Resolves at that moment of `performance.now()`, or at once where it has passed. */
export function at(ms: number): Promise<void> {
  const leftMs = ms - performance.now();
  if (leftMs <= 0) return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => setTimeout(resolve, leftMs));
}
