import { expect, test } from 'vitest';
import type { Opening } from '../../src/training/boards/openings.ts';
import { faultsOf, type KnownSwipe } from './openings-check.ts';

const opening: Opening = {
  serial: 7,
  door: 1,
  by: 'remote',
  atMonoMs: 1_010,
  atWallMs: 0,
  askedMonoMs: 1_009,
  card: 100_001,
  swipeIndex: 5,
  swipeMonoMs: 1_000,
};
const swipe: KnownSwipe = { serial: 7, door: 1, index: 5, swipedMonoMs: 1_000, admitted: true };

test('an opening with its durable admission is in order', () => {
  expect(faultsOf([opening], [swipe])).toEqual([]);
});

test('each planted fault is caught: refused, unheard, twice, late, early, elsewhere, local', () => {
  expect(faultsOf([opening], [{ ...swipe, admitted: false }])).toHaveLength(1);
  expect(faultsOf([opening], [])).toHaveLength(1);
  expect(faultsOf([opening, { ...opening, atMonoMs: 1_500 }], [swipe])).toHaveLength(1);
  expect(faultsOf([{ ...opening, atMonoMs: 9_000 }], [swipe])).toHaveLength(1);
  expect(faultsOf([{ ...opening, atMonoMs: 900 }], [swipe])).toHaveLength(1);
  expect(faultsOf([{ ...opening, door: 2 }], [swipe])).toHaveLength(1);
  expect(faultsOf([{ ...opening, by: 'local' }], [swipe])).toHaveLength(1);
});
