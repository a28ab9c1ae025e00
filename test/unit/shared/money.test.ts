import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decimalText,
  isAmount,
  MAX_CENTS,
  shareOf,
  taxOf,
  wholeOf,
} from '../../../src/shared/lib/money.ts';

test('amounts are whole cents, from none to what can be reckoned exactly', () => {
  expect([0, 1, MAX_CENTS].every(isAmount)).toBe(true);
  expect([-1, 0.5, MAX_CENTS + 1, Number.NaN, Infinity].some(isAmount)).toBe(false);
});

test('a share is rounded down, a tax half up', () => {
  expect(shareOf(199, 50)).toBe(99);
  expect(taxOf(199, 50)).toBe(100);
  expect(taxOf(1_000_000, 9.1)).toBe(91_000);
  expect(taxOf(105, 13)).toBe(14);
  expect(taxOf(103, 13)).toBe(13);
  expect([shareOf(MAX_CENTS, 100), taxOf(MAX_CENTS, 100)]).toEqual([MAX_CENTS, MAX_CENTS]);
});

test('all is exact, as whole numbers of any size reckon', () => {
  const cents = fc.integer({ min: 0, max: MAX_CENTS });
  fc.assert(
    fc.property(cents, fc.integer({ min: 0, max: 10_000 }), (amount, hundredths) => {
      const product = BigInt(amount) * BigInt(hundredths);
      expect(BigInt(shareOf(amount, hundredths / 100))).toBe(product / 10_000n);
      expect(BigInt(taxOf(amount, hundredths / 100))).toBe((product + 5_000n) / 10_000n);
      expect(BigInt(wholeOf(amount * 10_000, 7))).toBe((BigInt(amount) * 10_000n) / 7n);
    }),
  );
});

test('hundredths are printed with two decimals', () => {
  expect([0, 5, 100, 123_450, -7].map(decimalText)).toEqual([
    ...['0.00', '0.05', '1.00', '1234.50', '-0.07'],
  ]);
});
