import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  credentialOf,
  firmwareOf,
  isSdkMode,
  sdkMode,
} from '../../../src/main/engine/devices/pcprox/codec.ts';
import { wordsOf } from '../../../src/main/engine/devices/usb/hid.ts';

/** Card data as the reader gives them: the bits as one number, least significant byte first. */
function frames(value: bigint, bits: number): [Uint8Array, Uint8Array] {
  const data = Uint8Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
  return [data, Uint8Array.of(bits, bits, 0, 0, 0, 0, 0, 0)];
}

describe('badges', () => {
  test.each([
    [0x2f623aen, 26, 'h10301/123/4567'],
    [0x1007600c86n, 37, 'h10304/118/1603'],
    [0x00a4550148abn, 48, 'c1000-48/42069/42069'],
    [0xffff_ffff_ffff_ffffn, 64, 'raw/18446744073709551615'],
  ])('%s of %i bits', (value, bits, credential) => {
    const read = credentialOf(...frames(value, bits), { badges37: 'h10304' });
    expect(read).toEqual({ ok: true, value: credential });
  });

  test('bits that are not counted, and more than the buffer holds, are no badge', () => {
    expect(credentialOf(...frames(5n, 0), {})).toMatchObject({ fault: { code: 'no-bits' } });
    expect(credentialOf(...frames(5n, 65), {})).toMatchObject({ fault: { code: 'bad-length' } });
  });

  test('no bytes whatever make it throw', () => {
    const bytes = fc.uint8Array({ maxLength: 16 });
    fc.assert(
      fc.property(bytes, bytes, (data, bits) => {
        if (typeof credentialOf(data, bits, {}).ok !== 'boolean') throw new Error('no answer');
        if (typeof firmwareOf(data) !== 'string') throw new Error('no firmware');
      }),
      { numRuns: 100_000 },
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
