import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** docs/security.md promises a test for each point: it must be there, by that name. */
const docs = new URL('../../docs/security.md', import.meta.url);
const rows = [
  ...readFileSync(docs, 'utf8').matchAll(
    /^\| (\d+) \| ([^|]+) \| [^|]+ \| \[[^\]]+\]\(([^)]+)\) "([^"]+)" \|$/gm,
  ),
].map(([, number = '', point = '', file = '', name = '']) => ({ number, point, file, name }));

test('the table has the twenty points of the checklist', () => {
  expect(rows.map(({ number }) => Number(number))).toEqual(
    Array.from({ length: 20 }, (_, at) => at + 1),
  );
});

test.each(rows)('point $number, $point, has its test', ({ file, name }) => {
  const path = new URL(file, docs);
  expect(existsSync(path)).toBe(true);
  const text = readFileSync(path, 'utf8');
  // A test's own name, or the name of one of its cases.
  expect([`test('${name}'`, `['${name}'`].some((written) => text.includes(written))).toBe(true);
});
