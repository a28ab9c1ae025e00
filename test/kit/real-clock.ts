import type { Clock } from '../../src/shared/lib/clock.ts';

/** A clock on real time whose calendar starts where a test says and may run faster. */
export function realClock(startMs = Date.UTC(2026, 2, 2, 1, 0, 0), speed = 1): Clock {
  const bootMs = performance.now();
  const monoMs = (): number => performance.now() - bootMs;
  return { monoMs, wallMs: () => startMs + monoMs() * speed, speed: () => speed };
}
