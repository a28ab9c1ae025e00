import { expect, test } from 'vitest';
import { WalWatch } from '../../src/main/engine/store/wal-watch.ts';
import { ManualClock } from '../../src/shared/lib/clock.ts';

test('a log is long only when it has stayed so, is told once, and again after it was short', () => {
  const clock = new ManualClock(0);
  const watch = new WalWatch(clock, { pages: 100, forMs: 1_000 });
  const after = (ms: number, pages: number) => {
    clock.advance(ms);
    return watch.isLong(pages);
  };
  expect(after(0, 100)).toBe(false);
  expect(after(999, 300)).toBe(false);
  // A moment below the limit begins the time anew.
  expect(after(1, 99)).toBe(false);
  expect(after(1, 100)).toBe(false);
  expect(after(999, 100)).toBe(false);
  // Not being able to look neither ends it nor begins it.
  expect(after(1, -1)).toBe(true);
  expect(after(5_000, 100)).toBe(false);
  expect(after(1, 0)).toBe(false);
  expect(after(1, 200)).toBe(false);
  expect(after(1_000, 200)).toBe(true);
  const unseen = new WalWatch(clock, { pages: 100, forMs: 0 });
  expect(unseen.isLong(-1)).toBe(false);
});
