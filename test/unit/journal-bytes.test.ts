import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chainHash, GENESIS_HASH } from '../../src/main/engine/journal/chain.ts';
import { MAX_EVENT_BYTES } from '../../src/shared/journal/envelope.ts';
import { canonicalJson } from '../../src/shared/lib/canonical.ts';
import { anyText } from '../kit/any-text.ts';

/** The same with the members of each object in the order of their keys. */
function inOrder(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return new Map(entries.map(([key, member]) => [key, inOrder(member)]));
}

/** JSON as the standard library writes it, of what keeps its members' order. */
function standard(value: unknown): string {
  if (value instanceof Map) {
    const members = [...value].map(([key, member]) => `${JSON.stringify(key)}:${standard(member)}`);
    return `{${members.join(',')}}`;
  }
  return Array.isArray(value) ? `[${value.map(standard).join(',')}]` : JSON.stringify(value);
}

test('the text of a value is JSON with its keys in order at every depth', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      expect(canonicalJson(value)).toBe(standard(inOrder(value)));
    }),
    { numRuns: 2_000 },
  );
});

test('objects of any number of keys, in any order, of any script', () => {
  const keys = fc.uniqueArray(anyText({ maxLength: 6 }), { maxLength: 60, size: 'max' });
  fc.assert(
    fc.property(keys, (names) => {
      const value = Object.fromEntries(names.map((name, i) => [name, i]));
      expect(canonicalJson(value)).toBe(standard(inOrder(value)));
    }),
    { numRuns: 500 },
  );
  expect(canonicalJson({ 通: 1, b: undefined, a: -0, 10: true, 9: null })).toBe(
    '{"10":true,"9":null,"a":0,"通":1}',
  );
});

test('what JSON cannot hold is refused', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, undefined, 1n, () => 1]) {
    expect(() => canonicalJson({ a: [value] })).toThrow('not a JSON');
  }
});

test('the hash is that of the previous hash and the body, whatever its size and script', () => {
  const before = createHash('sha256').update('before').digest();
  const third = Math.floor(MAX_EVENT_BYTES / 3);
  const bodies = ['', '{}', '邊境'.repeat(10), '界'.repeat(third), '界'.repeat(third + 1)];
  for (const body of [...bodies, 'x'.repeat(3 * MAX_EVENT_BYTES), '\ud800', '{}']) {
    for (const previous of [GENESIS_HASH, before]) {
      const joined = createHash('sha256').update(previous).update(body, 'utf8').digest('hex');
      expect(chainHash(previous, body).toString('hex')).toBe(joined);
    }
  }
});
