import { expect, test } from 'vitest';
import { amountText } from '../../../src/renderer/actions/allowance-left.tsx';
import { makeDictionary, makeWords } from '../../../src/renderer/words/make-words.ts';

test('an allowance of crossings is a number, one of goods is money', () => {
  const dictionary = makeDictionary();
  const english = makeWords(dictionary, 'en', () => {});
  expect(amountText(english, 1_204, null)).toBe('1,204');
  expect(amountText(english, 2_500_000_50, 'CNY')).toBe('CNY 2,500,000.50');
  expect(amountText(english, 0, 'HKD')).toBe('HKD 0.00');
  expect(
    amountText(
      makeWords(dictionary, 'zh-HK', () => {}),
      3,
      null,
    ),
  ).toBe('3 次');
});
