import fc from 'fast-check';
import { expect, test } from 'vitest';
import { track2Number } from '../../../src/main/engine/devices/magstripe/codec.ts';
import { swipeReport } from '../../../src/training/readers/magstripe-device.ts';

test.each([
  [';12345678=99121010000?', '12345678'],
  [';1234567890123456789?', '1234567890123456789'],
  [';0042?', '0042'],
])('the number of %s', (track, number) => {
  expect(track2Number(swipeReport(track))).toEqual({ ok: true, value: number });
});

test.each(['', ';?', '12345678?', ';12345678', ';12345678=99', ';1234A678?', ';12345678?x'])(
  'none in %s',
  (track) => {
    expect(track2Number(swipeReport(track))).toMatchObject({ fault: { code: 'stripe' } });
  },
);

test('a track that the reader could not decode, and a length that no track has', () => {
  const spoilt = swipeReport(';12345678?');
  spoilt[1] = 1;
  expect(track2Number(spoilt)).toMatchObject({ fault: { code: 'stripe' } });
  const long = swipeReport(';12345678?');
  long[4] = 111;
  expect(track2Number(long)).toMatchObject({ fault: { code: 'stripe' } });
});

test('what lies beyond the length is not looked at', () => {
  const report = swipeReport(';12345678?');
  report.fill(0x39, 117 + ';12345678?'.length);
  expect(track2Number(report)).toEqual({ ok: true, value: '12345678' });
});

test.each([0, 336, 338])('a report of %i bytes is of another reader', (length) => {
  expect(track2Number(new Uint8Array(length))).toMatchObject({ fault: { code: 'layout' } });
});

test('no bytes whatever make it throw', () => {
  const tail = fc.uint8Array({ maxLength: 30 });
  const report = fc.tuple(fc.uint8Array({ maxLength: 6 }), tail).map(([head, track]) => {
    const bytes = new Uint8Array(337);
    bytes.set(head);
    bytes.set(track, 117);
    return bytes;
  });
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), report), (bytes) => {
      const read = track2Number(bytes);
      if (read.ok && !/^\d{1,19}$/.test(read.value)) throw new Error(read.value);
    }),
    { numRuns: 100_000 },
  );
});
