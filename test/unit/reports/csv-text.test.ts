import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvText } from '../../../src/shared/lib/csv-text.ts';
import { readCsv } from '../../kit/read-csv.ts';

const BOM = '\uFEFF';
const FORMULA = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

test('begins with the byte-order mark and ends every row with CRLF', () => {
  expect(
    csvText([
      ['甲', 1],
      ['乙', 2],
    ]),
  ).toBe(`${BOM}甲,1\r\n乙,2\r\n`);
  expect(Buffer.from(csvText([]), 'utf8')).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
});

test.each([
  ['a,b', '"a,b"'],
  ['say "yes"', '"say ""yes"""'],
  ['two\nlines', '"two\nlines"'],
  ['two\r\nlines', '"two\r\nlines"'],
  [' led by a space', '" led by a space"'],
  ['followed by one ', '"followed by one "'],
  ['plain', 'plain'],
  ['', ''],
])('quotes %j as %s', (cell, written) => {
  expect(csvText([[cell]])).toBe(`${BOM}${written}\r\n`);
});

test.each(FORMULA)('a text that begins with %j is no formula', (sign) => {
  const [[cell] = []] = readCsv(csvText([[`${sign}1+1`]]).slice(1));
  expect(cell).toBe(`'${sign}1+1`);
});

test('figures stay figures, below zero too', () => {
  expect(csvText([[-3, 0, 1_000_000]])).toBe(`${BOM}-3,0,1000000\r\n`);
});

test('whatever the cells hold, they are read back as they were, but for the formula guard', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom(...FORMULA, ',', '"', ' ', 'a', '河') }),
    fc.integer(),
  );
  const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { maxLength: 8 });
  fc.assert(
    fc.property(rows, (given) => {
      const read = readCsv(csvText(given).slice(1));
      const expected = given.map((row) =>
        row.map((one) => {
          const isFormula = typeof one === 'string' && FORMULA.some((sign) => one.startsWith(sign));
          return isFormula ? `'${one}` : String(one);
        }),
      );
      expect(read).toEqual(expected);
    }),
  );
});
