import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Credential } from '../../../src/shared/domain/credential.ts';
import { must } from '../../../src/shared/lib/assert.ts';
import type { Result } from '../../../src/shared/lib/result.ts';
import {
  type Badge,
  badgeOf,
  badgeOfFillerByte,
  badgeOfLeftJustified,
  badgeOfSentinels,
  credentialOfBadge,
  leftJustified,
  withFillerByte,
  withSentinels,
} from '../../../src/shared/wire/badges.ts';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const credential = (read: Result<Badge>) => (read.ok ? credentialOfBadge(read.value, {}) : read);
const held = (key: string) => must(badgeOf(key as Credential), key);

const badge = fc
  .tuple(fc.integer({ min: 1, max: 64 }), fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }))
  .map(([bits, any]) => ({ bits, value: any & ((1n << BigInt(bits)) - 1n) }));

describe('with a filler byte', () => {
  test.each([
    ['06bd88eb80', 'h10301/123/4567'],
    ['068f80a8c0', 'h10301/31/337'],
    ['0605025240', 'h10301/10/1188'],
  ])('published: %s', (hex, key) => {
    expect(credential(badgeOfFillerByte(bytesOf(hex)))).toEqual({ ok: true, value: key });
    expect(withFillerByte(held(key))).toEqual(bytesOf(hex));
  });

  test.each(['', '06', '08bd88eb80', '06bd88eb81', '00'.repeat(18)])('%s is none', (hex) => {
    expect(badgeOfFillerByte(bytesOf(hex))).toMatchObject({ fault: { code: 'container' } });
  });

  test('every badge goes round', () => {
    fc.assert(
      fc.property(badge, (any) => {
        expect(badgeOfFillerByte(withFillerByte(any))).toEqual({ ok: true, value: any });
      }),
    );
  });
});

describe('left-justified, with the count apart (OSDP)', () => {
  test('the badge that an OSDP reader sent', () => {
    const read = badgeOfLeftJustified(bytesOf('bd88eb80'), 26);
    expect(credential(read)).toEqual({ ok: true, value: 'h10301/123/4567' });
  });

  test.each([
    ['bd88eb80', 0],
    ['bd88eb80', 24],
    ['bd88eb80', 33],
    ['bd88eb80', 25.5],
    ['', 0],
    ['00'.repeat(17), 136],
  ])('%s with a count of %d is none', (hex, bits) => {
    expect(badgeOfLeftJustified(bytesOf(hex), bits)).toMatchObject({
      fault: { code: 'container' },
    });
  });

  test('every badge goes round', () => {
    fc.assert(
      fc.property(badge, (any) => {
        expect(badgeOfLeftJustified(leftJustified(any), any.bits)).toEqual({
          ok: true,
          value: any,
        });
      }),
    );
  });
});

describe('HID’s sentinel bits', () => {
  test.each([
    // Bit 37, bit 26, and the badge.
    [(1n << 37n) | (1n << 26n) | 0x2f623aen, 'h10301/123/4567'],
    [(1n << 37n) | (1n << 35n) | 0x60ec00c87n, 'c1000-35/118/1603'],
    [(1n << 48n) | 0x00a4550148abn, 'c1000-48/42069/42069'],
  ])('%s', (raw, key) => {
    expect(credential(badgeOfSentinels(raw))).toEqual({ ok: true, value: key });
    expect(withSentinels(held(key))).toBe(raw);
  });

  test('37 bits have nothing added', () => {
    const badge37 = { value: 0x1007600c86n, bits: 37 };
    expect(withSentinels(badge37)).toBe(badge37.value);
    expect(badgeOfSentinels(badge37.value)).toEqual({ ok: true, value: badge37 });
  });

  const wrong = [1n << 37n, (1n << 37n) | (1n << 25n), (1n << 38n) | (1n << 30n), 1n << 49n, -1n];
  test.each(wrong)('%s is none', (raw) => {
    expect(badgeOfSentinels(raw)).toMatchObject({ fault: { code: 'container' } });
  });

  test('every badge whose length is packed so goes round', () => {
    fc.assert(
      fc.property(badge, (any) => {
        const raw = withSentinels(any);
        const packed = (any.bits >= 26 && any.bits <= 37) || any.bits === 48;
        expect(raw !== null).toBe(packed);
        if (raw !== null) expect(badgeOfSentinels(raw)).toEqual({ ok: true, value: any });
      }),
    );
  });
});

test('no bytes whatever make them throw', () => {
  const bytes = fc.uint8Array({ maxLength: 20 });
  const raw = fc.bigInt({ min: -5n, max: (1n << 70n) - 1n });
  fc.assert(
    fc.property(bytes, fc.integer({ min: -1, max: 200 }), raw, (any, bits, value) => {
      const reads = [
        badgeOfFillerByte(any),
        badgeOfLeftJustified(any, bits),
        badgeOfSentinels(value),
      ];
      for (const read of reads) if (read.ok && read.value.bits < 1) throw new Error('no bits');
    }),
    { numRuns: 100_000 },
  );
});
