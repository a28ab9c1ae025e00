import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  credentialOf,
  firmwareOf,
  isSdkMode,
  sdkMode,
} from '../../../src/main/engine/devices/pcprox/codec.ts';
import { wordsOf } from '../../../src/main/engine/devices/pcprox/hid.ts';
import { h10301Badge } from '../../../src/training/readers/pcprox-device.ts';

/** Card data as the reader gives them: the bits as one number, least significant byte first. */
function frames(value: bigint, bits: number): [Uint8Array, Uint8Array] {
  const data = Uint8Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
  return [data, Uint8Array.of(bits, bits, 0, 0, 0, 0, 0, 0)];
}

describe('badges', () => {
  test.each([
    [0x2f623aen, 'h10301/123/4567'],
    [0x0140949n, 'h10301/10/1188'],
  ])('published H10301 badge %s', (value, credential) => {
    expect(credentialOf(...frames(value, 26))).toEqual({ ok: true, value: credential });
  });

  test('every facility and card goes round; every single wrong bit is refused', () => {
    const facility = fc.integer({ min: 0, max: 255 });
    const card = fc.integer({ min: 0, max: 65_535 });
    fc.assert(
      fc.property(facility, card, fc.integer({ min: 0, max: 25 }), (fac, no, bit) => {
        const { value } = h10301Badge(fac, no);
        expect(credentialOf(...frames(value, 26))).toMatchObject({ value: `h10301/${fac}/${no}` });
        expect(credentialOf(...frames(value ^ (1n << BigInt(bit)), 26))).toMatchObject({
          fault: { code: 'parity' },
        });
      }),
      { numRuns: 2000 },
    );
  });

  test('other lengths stay raw numbers; bits that are not counted are no badge', () => {
    expect(credentialOf(...frames(0x100003n, 37))).toMatchObject({ value: 'raw/1048579' });
    expect(credentialOf(...frames(0xffff_ffff_ffff_ffffn, 64))).toMatchObject({
      value: 'raw/18446744073709551615',
    });
    expect(credentialOf(...frames(5n, 0))).toMatchObject({ fault: { code: 'no-bits' } });
    expect(credentialOf(...frames(5n, 65))).toMatchObject({ fault: { code: 'bad-length' } });
  });

  test('no bytes whatever make it throw', () => {
    const bytes = fc.uint8Array({ maxLength: 16 });
    fc.assert(
      fc.property(bytes, bytes, (data, bits) => {
        expect(typeof credentialOf(data, bits).ok).toBe('boolean');
        expect(typeof firmwareOf(data)).toBe('string');
      }),
      { numRuns: 20_000 },
    );
  });
});

test('SDK mode halts keystrokes, strips nothing, and keeps all other bits', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (page) => {
      const changed = sdkMode(page);
      expect(isSdkMode(changed)).toBe(true);
      expect(changed[7]).toBe((page[7] ?? 0) | 0x80);
      for (const i of [0, 1, 3, 4, 5, 6]) expect(changed[i]).toBe(page[i]);
    }),
  );
});

test('firmware and errors in words', () => {
  expect(firmwareOf(Uint8Array.of(0, 0, 0x30, 0x07, 0, 0x34, 0x12, 0))).toBe('7.3.0');
  expect(wordsOf('device disconnected')).toBe('device disconnected');
  expect(wordsOf(new Error('no'))).toBe('no');
  expect(wordsOf(undefined)).toBe('undefined');
});
