import { expect, test } from 'vitest';
import { quantile } from '../../../src/shared/lib/quantile.ts';

test('a quantile is one of the values, by the nearest rank', () => {
  const twenty = Array.from({ length: 20 }, (_, n) => n + 1);
  expect(quantile(twenty, 0.5)).toBe(10);
  expect(quantile(twenty, 0.95)).toBe(19);
  expect(quantile([7], 0.95)).toBe(7);
  expect(quantile([1, 2, 3], 0.5)).toBe(2);
  expect(quantile([], 0.5)).toBeNull();
});
