import { expect, test } from 'vitest';
import { choiceAfter } from '../../../src/renderer/features/watch/chosen-row.ts';

const rows = (...ids: string[]) => ids.map((id) => ({ id }));

test('what a person chose stays chosen when something more urgent comes above it', () => {
  const choice = { id: 'b', index: 1, byItself: false };
  expect(choiceAfter(choice, rows('new', 'a', 'b', 'c'))).toEqual({ ...choice, index: 2 });
});

test('while nobody has chosen it is the most urgent row', () => {
  const first = choiceAfter({ id: null, index: 0, byItself: true }, rows('a', 'b'));
  expect(first).toEqual({ id: 'a', index: 0, byItself: true });
  expect(choiceAfter(first, rows('new', 'a', 'b')).id).toBe('new');
  expect(choiceAfter(first, rows('a', 'b'))).toBe(first);
});

test('when the chosen row is gone the one in its place is next, marked as nobody’s choice', () => {
  const choice = { id: 'b', index: 1, byItself: false };
  expect(choiceAfter(choice, rows('a', 'c'))).toEqual({ id: 'c', index: 1, byItself: true });
  expect(choiceAfter(choice, rows('a'))).toEqual({ id: 'a', index: 0, byItself: true });
  expect(choiceAfter(choice, [])).toEqual({ id: null, index: 0, byItself: true });
});

test('nothing changed is the same object, so that a screen comes to rest', () => {
  const choice = { id: 'b', index: 1, byItself: false };
  expect(choiceAfter(choice, rows('a', 'b'))).toBe(choice);
  const none = { id: null, index: 0, byItself: true };
  expect(choiceAfter(none, [])).toBe(none);
});
