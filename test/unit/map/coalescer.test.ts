import { describe, expect, test } from 'vitest';
import {
  Coalescer,
  FLUSH_MS,
  SLOW_FLUSH_MS,
  SLOW_PACE_MS,
  URGENT_MS,
} from '../../../src/renderer/map/scene/coalescer.ts';
import { HandClock } from './hand-clock.ts';

function coalescing(costMs = 0) {
  const clock = new HandClock();
  const batches: { atMs: number; batch: Record<string, number> }[] = [];
  const coalescer = new Coalescer<string, number>((batch) => {
    batches.push({ atMs: clock.monoMs(), batch: Object.fromEntries(batch) });
    clock.spend(costMs);
  }, clock);
  return { clock, batches, coalescer };
}

describe('the coalescer', () => {
  test('the first change after a quiet time goes at once', () => {
    const { clock, batches, coalescer } = coalescing();
    coalescer.put('a', 1);
    clock.advance(0);
    expect(batches).toEqual([{ atMs: 0, batch: { a: 1 } }]);
  });

  test('under load one batch goes every 100 ms, with the last value of each key', () => {
    const { clock, batches, coalescer } = coalescing();
    for (let ms = 0; ms < 1_000; ms += 2) {
      coalescer.put(`lane-${ms % 6}`, ms);
      clock.advance(2);
    }
    expect(batches.map(({ atMs }) => atMs)).toEqual(
      Array.from({ length: 1_000 / FLUSH_MS + 1 }, (_, n) => n * FLUSH_MS),
    );
    expect(batches[1]?.batch).toEqual({ 'lane-0': 96, 'lane-2': 98, 'lane-4': 94 });
  });

  test('nothing is lost: the last batch holds what waited', () => {
    const { clock, batches, coalescer } = coalescing();
    coalescer.put('a', 1);
    clock.advance(1);
    coalescer.put('b', 2);
    clock.advance(FLUSH_MS);
    expect(batches.map(({ batch }) => batch)).toEqual([{ a: 1 }, { b: 2 }]);
  });

  test('an urgent change goes with the next frame and takes the others along', () => {
    const { clock, batches, coalescer } = coalescing();
    coalescer.put('a', 1);
    clock.advance(1);
    coalescer.put('b', 2);
    coalescer.put('alarm', 3, true);
    clock.advance(URGENT_MS);
    expect(batches[1]).toEqual({ atMs: URGENT_MS, batch: { b: 2, alarm: 3 } });
  });

  test('a flood of urgent changes still goes frame by frame', () => {
    const { clock, batches, coalescer } = coalescing();
    for (let ms = 0; ms < 160; ms += 1) {
      coalescer.put(`alarm-${ms}`, ms, true);
      clock.advance(1);
    }
    expect(batches.length).toBeLessThanOrEqual(160 / URGENT_MS + 1);
  });

  test('a machine that cannot keep up is given 4 batches a second, and more when it can', () => {
    const clock = new HandClock();
    let costMs = SLOW_FLUSH_MS + 1;
    const coalescer = new Coalescer<string, number>(() => clock.spend(costMs), clock);
    coalescer.put('a', 1);
    clock.advance(0);
    expect(coalescer.paceMs).toBe(SLOW_PACE_MS);
    costMs = 1;
    coalescer.put('a', 2);
    clock.advance(SLOW_PACE_MS);
    expect(coalescer.paceMs).toBe(FLUSH_MS);
  });

  test('after the end nothing is flushed', () => {
    const { clock, batches, coalescer } = coalescing();
    coalescer.put('a', 1);
    coalescer.close();
    clock.advance(1_000);
    expect(batches).toEqual([]);
  });
});
