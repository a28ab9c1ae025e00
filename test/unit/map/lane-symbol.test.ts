import { describe, expect, test } from 'vitest';
import {
  commandMark,
  DONE_SHOWN_MS,
  FAILED_SHOWN_MS,
  isUrgent,
  laneBody,
  laneSymbol,
} from '../../../src/renderer/map/scene/lane-symbol.ts';
import type { LaneNow } from '../../../src/shared/contract/views.ts';
import { laneRow } from './rows.ts';

describe('the shape of a lane', () => {
  test('a fresh, shut, controlled lane is calm', () => {
    expect(laneBody(laneRow({}), 400)).toBe('shut');
  });

  test.each([
    [10_000, 'shut'],
    [10_001, 'uncertain'],
    [30_000, 'uncertain'],
    [30_001, 'stale'],
    [3_600_000, 'stale'],
  ] as const)('after %i ms without a word it is %s', (ageMs, body) => {
    expect(laneBody(laneRow({}), ageMs)).toBe(body);
  });

  test('never heard, or given up by the engine, is offline', () => {
    expect(laneBody(laneRow({}), null)).toBe('offline');
    expect(laneBody(laneRow({ online: false }), 400)).toBe('uncertain');
    expect(laneBody(laneRow({ online: false }), 31_000)).toBe('offline');
  });

  test('what is not fresh shows no mode, no door and no crossing', () => {
    const open = laneRow({ mode: 'held', door: 'open' });
    expect(laneBody(open, 31_000)).toBe('stale');
    expect(laneBody(open, 11_000)).toBe('uncertain');
  });

  test.each([
    [{ mode: 'locked' }, 'locked'],
    [{ mode: 'held' }, 'held'],
    [{ mode: null }, 'uncertain'],
    [{ door: 'open' }, 'open'],
    [{ door: 'forced' }, 'open'],
    [{ door: 'unknown' }, 'uncertain'],
    [{ crossing: 'asked' }, 'busy'],
    [{ crossing: 'admitted' }, 'busy'],
    [{ crossing: 'opened' }, 'open'],
    [{ crossing: 'referred' }, 'waiting'],
    [{ crossing: 'passed' }, 'shut'],
  ] as const)('%o is drawn as %s', (change, body) => {
    expect(laneBody(laneRow(change), 400)).toBe(body);
  });
});

describe('the sign of a command', () => {
  const commanded = (stage: NonNullable<LaneNow['command']>['stage']) => laneRow({ stage });

  test.each(['requested', 'sent', 'accepted'] as const)('%s is under way', (stage) => {
    expect(commandMark(commanded(stage), null)).toBe('pending');
  });

  test('confirmed is shown for a while, and not when it happened before this screen', () => {
    expect(commandMark(commanded('confirmed'), 0)).toBe('done');
    expect(commandMark(commanded('confirmed'), DONE_SHOWN_MS)).toBe('none');
    expect(commandMark(commanded('confirmed'), null)).toBe('none');
  });

  test.each(['failed', 'expired', 'unknown'] as const)('%s stays longer', (stage) => {
    expect(commandMark(commanded(stage), DONE_SHOWN_MS)).toBe('failed');
    expect(commandMark(commanded(stage), FAILED_SHOWN_MS)).toBe('none');
  });

  test('no command, no sign', () => {
    expect(commandMark(laneRow({}), 0)).toBe('none');
  });
});

describe('priority and urgency', () => {
  const seen = (row: LaneNow, queued: 1 | 2 | 3 | 4 | null = null) =>
    laneSymbol({ row, ageMs: 400, stageAgeMs: null, queued });

  test('the more urgent of the lane and the queue is shown', () => {
    expect(seen(laneRow({ priority: 3 }), 1).priority).toBe(1);
    expect(seen(laneRow({ priority: 2 }), 4).priority).toBe(2);
    expect(seen(laneRow({}), 4).priority).toBe(4);
    expect(seen(laneRow({})).priority).toBe(0);
  });

  test('an alarm or a command may not wait; a door may', () => {
    const calm = seen(laneRow({}));
    expect(isUrgent(calm, seen(laneRow({ door: 'open' })))).toBe(false);
    expect(isUrgent(calm, seen(laneRow({ priority: 1 })))).toBe(true);
    expect(isUrgent(calm, seen(laneRow({ stage: 'requested' })))).toBe(true);
    expect(isUrgent(undefined, calm)).toBe(false);
    expect(isUrgent(undefined, seen(laneRow({ priority: 1 })))).toBe(true);
  });
});
