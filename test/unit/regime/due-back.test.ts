import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dueBackMs, dueBackWarnsMs } from '../../../src/shared/regime/due-back.ts';
import { hk, NOON } from './given.ts';

const midnight = { dayReturnCutOff: '24:00' };

test('due back at the end of the Hong Kong day that the person came in', () => {
  expect(dueBackMs(midnight, NOON)).toBe(hk('2026-03-10T00:00:00'));
  expect(dueBackMs(midnight, hk('2026-03-09T00:00:00'))).toBe(hk('2026-03-10T00:00:00'));
  expect(dueBackMs(midnight, hk('2026-03-09T23:59:59.999'))).toBe(hk('2026-03-10T00:00:00'));
  expect(dueBackMs(midnight, hk('2028-02-29T08:00:00'))).toBe(hk('2028-03-01T00:00:00'));
});

test('an earlier cut-off is that of the same day before it, of the next day from it on', () => {
  const evening = { dayReturnCutOff: '22:30' };
  expect(dueBackMs(evening, hk('2026-03-09T22:29:59'))).toBe(hk('2026-03-09T22:30:00'));
  expect(dueBackMs(evening, hk('2026-03-09T22:30:00'))).toBe(hk('2026-03-10T22:30:00'));
  expect(dueBackMs({ dayReturnCutOff: '00:00' }, NOON)).toBe(hk('2026-03-10T00:00:00'));
});

test('no cut-off, no time', () => {
  expect(dueBackMs({}, NOON)).toBeNull();
});

test('always later than the entry, and by a day at most', () => {
  const cutOff = fc
    .integer({ min: 0, max: 1439 })
    .map(
      (at) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`,
    );
  fc.assert(
    fc.property(fc.oneof(cutOff, fc.constant('24:00')), fc.nat(4e12), (dayReturnCutOff, atMs) => {
      const due = dueBackMs({ dayReturnCutOff }, atMs) ?? Number.NaN;
      expect(due).toBeGreaterThan(atMs);
      expect(due - atMs).toBeLessThanOrEqual(86_400_000);
    }),
  );
});

test('how long before the cut-off people are told of is the regime’s own figure, else an hour', () => {
  expect(dueBackWarnsMs(midnight)).toBe(60 * 60_000);
  expect(dueBackWarnsMs({ ...midnight, dayReturnWarnMinutes: 15 })).toBe(15 * 60_000);
});
