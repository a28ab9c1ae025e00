import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isRecordOnly,
  judgedAtMs,
  LIVE_AGE_MS,
  timingOf,
} from '../../../src/main/engine/core/timing.ts';
import { NOON } from '../regime/given.ts';
import { swipe } from './core-facts.ts';

test('live: pushed or polled, next in order, at most 5 s old by the corrected clock', () => {
  for (const delivery of ['pushed', 'polled'] as const) {
    expect(timingOf(swipe({ delivery, ageMs: LIVE_AGE_MS }), 0)).toBe('live');
    expect(timingOf(swipe({ delivery, ageMs: LIVE_AGE_MS + 1 }), 0)).toBe('late');
    expect(timingOf(swipe({ delivery, inOrder: false }), 0)).toBe('late');
  }
  expect(timingOf(swipe({ delivery: 'backlog', ageMs: 0 }), 0)).toBe('late');
});

test('the time that an event waited at our own door counts to its age', () => {
  expect(timingOf(swipe({ ageMs: 2_000 }), LIVE_AGE_MS - 2_000)).toBe('live');
  expect(timingOf(swipe({ ageMs: 2_000 }), LIVE_AGE_MS - 1_999)).toBe('late');
});

test('an event from the future is no more live than one from the past', () => {
  expect(timingOf(swipe({ ageMs: -LIVE_AGE_MS }), 0)).toBe('live');
  expect(timingOf(swipe({ ageMs: -LIVE_AGE_MS - 1 }), 0)).toBe('late');
});

test('a stamp ahead of us does not shorten the wait at our own door', () => {
  expect(timingOf(swipe({ ageMs: -4_000 }), LIVE_AGE_MS)).toBe('live');
  expect(timingOf(swipe({ ageMs: -4_000 }), LIVE_AGE_MS + 1)).toBe('late');
});

test('whatever an event says of itself, backlog and broken order are late', () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(), fc.boolean(), (ageMs, queuedMs, inOrder) => {
      expect(timingOf(swipe({ ageMs, inOrder, delivery: 'backlog' }), queuedMs)).toBe('late');
      expect(timingOf(swipe({ ageMs, inOrder: false }), queuedMs)).toBe('late');
    }),
  );
});

test('a decided read is judged by now, a recorded one by when it happened', () => {
  const hourAgo = { deviceAtMs: NOON - 3_600_000, ageMs: 3_600_000 };
  expect(isRecordOnly(swipe(), 0)).toBe(false);
  expect(judgedAtMs(swipe(), 0, NOON)).toBe(NOON);
  expect(judgedAtMs(swipe({ granted: true }), 0, NOON)).toBe(NOON - 1000);
  const late = swipe({ ...hourAgo, delivery: 'backlog', inOrder: false });
  expect(judgedAtMs(late, 0, NOON)).toBe(NOON - 3_600_000);
});

test('a board clock that cannot be right does not decide by which moment is judged', () => {
  const year = 365 * 86_400_000;
  for (const deviceAtMs of [NOON - year, NOON + year, 0]) {
    expect(judgedAtMs(swipe({ deviceAtMs, delivery: 'backlog' }), 0, NOON)).toBe(NOON);
  }
});
