import { expect, test } from 'vitest';
import { personsOf } from '../../../src/renderer/actions/virtual-dialogs.tsx';

test('numbers of persons are read apart by spaces, lines and commas, each once', () => {
  expect(personsOf(' P-1 P-2\nP-3, P-1、P-4 ')).toEqual({
    persons: ['P-1', 'P-2', 'P-3', 'P-4'],
    wrong: null,
  });
  expect(personsOf('  ')).toEqual({ persons: [], wrong: null });
});

test('the first that is no number of a person is named, and none is taken', () => {
  expect(personsOf('P-1 陳大文 P-2 王')).toEqual({ persons: [], wrong: '陳大文' });
});
