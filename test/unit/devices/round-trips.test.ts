import { expect, test } from 'vitest';
import { KEPT_TRIPS, RoundTrips } from '../../../src/main/engine/devices/round-trips.ts';
import { ManualClock } from '../../../src/shared/lib/clock.ts';

function device() {
  const clock = new ManualClock(0);
  const trips = new RoundTrips(() => clock.monoMs());
  return { clock, trips };
}

test('a device that was never asked has no figures, and no loss', () => {
  expect(device().trips.figures()).toEqual({ asked: 0, lost: 0, p50Ms: null, p99Ms: null });
});

test('the middle and the slowest hundredth of the answers, and how many questions got none', () => {
  const { trips } = device();
  for (let ms = 1; ms <= 200; ms += 1) trips.answered(ms);
  trips.lost();
  trips.lost();
  expect(trips.figures()).toEqual({ asked: 202, lost: 2, p50Ms: 100, p99Ms: 198 });
});

test('tenths of a millisecond below ten, whole ones above', () => {
  const { trips } = device();
  for (const ms of [0.44, 0.44, 17.6]) trips.answered(ms);
  expect(trips.figures()).toMatchObject({ p50Ms: 0.4, p99Ms: 18 });
});

test('only the last answers count, so many at most', () => {
  const { trips } = device();
  for (let n = 0; n < KEPT_TRIPS; n += 1) trips.answered(900);
  for (let n = 0; n < KEPT_TRIPS; n += 1) trips.answered(3);
  expect(trips.figures()).toMatchObject({ asked: 2 * KEPT_TRIPS, p50Ms: 3, p99Ms: 3 });
});

test('a question is counted for ten minutes, whether or not more are asked', () => {
  const { clock, trips } = device();
  trips.lost();
  clock.advance(5 * 60_000);
  trips.answered(8);
  expect(trips.figures()).toMatchObject({ asked: 2, lost: 1 });
  clock.advance(5 * 60_000);
  expect(trips.figures()).toMatchObject({ asked: 1, lost: 0, p50Ms: 8 });
  clock.advance(5 * 60_000);
  expect(trips.figures()).toEqual({ asked: 0, lost: 0, p50Ms: null, p99Ms: null });
});
