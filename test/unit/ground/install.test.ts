import { expect, test } from 'vitest';
import { firstMissing } from '../../../scripts/setup/install.mjs';

const wanted = {
  '': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0' },
  'node_modules/a-other-platform': { version: '1.0.0', optional: true },
};

test('without a record of an installation, everything is missing', () => {
  expect(firstMissing(wanted, undefined)).toBe('everything');
});

test('a package of another version, or none, is named', () => {
  expect(firstMissing(wanted, { 'node_modules/a': { version: '1.0.1' } })).toBe('node_modules/a');
  expect(firstMissing(wanted, {})).toBe('node_modules/a');
});

test("another platform's package may be absent, but not of another version", () => {
  const present = { 'node_modules/a': { version: '1.0.0' } };
  expect(firstMissing(wanted, present)).toBeUndefined();
  const old = { ...present, 'node_modules/a-other-platform': { version: '0.9.0' } };
  expect(firstMissing(wanted, old)).toBe('node_modules/a-other-platform');
});
