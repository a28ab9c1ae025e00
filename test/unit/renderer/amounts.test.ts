import { expect, test } from 'vitest';
import { ageText, centsOf, moneyText, rateText } from '../../../src/renderer/words/amounts.ts';
import { makeDictionary, makeWords } from '../../../src/renderer/words/make-words.ts';

const words = makeWords(makeDictionary(), 'en', () => {});

test('money is shown to the cent, and what nobody declared as a dash', () => {
  expect(moneyText(words, 123_450, 'HKD')).toBe('HKD 1,234.50');
  expect(moneyText(words, 5, 'CNY')).toBe('CNY 0.05');
  expect(moneyText(words, -101, 'HKD')).toBe('HKD -1.01');
  expect(moneyText(words, 0, '')).toBe('0.00');
  expect(moneyText(words, null, 'HKD')).toBe('–');
  expect([rateText(910), rateText(5), rateText(null)]).toEqual(['9.10 %', '0.05 %', '–']);
});

test.each([
  ['1234.5', 123_450],
  ['1,234.50', 123_450],
  [' 7 ', 700],
  ['0.01', 1],
  ['999999999999.99', 99_999_999_999_999],
])('%s typed is %i cents', (typed, cents) => {
  expect(centsOf(typed)).toBe(cents);
});

test.each(['', '.5', '1.', '1.005', '-1', '1e3', '12 34', '１２', '1234567890123'])(
  '%j is no amount',
  (typed) => {
    expect(centsOf(typed)).toBeNull();
  },
);

test('an age is told in days and hours', () => {
  const hour = 3_600_000;
  expect(ageText(words, 0, 51 * hour - 1)).toBe('2 d 2 h');
  expect(ageText(words, 10 * hour, 0)).toBe('0 d 0 h');
  expect(ageText(words, 0, null)).toBe('–');
});
