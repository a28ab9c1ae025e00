import { expect, test } from 'vitest';
import { parseOptions } from '../../../src/training/options.ts';

const fromOf = (nowMs: number, ...more: string[]) => {
  const read = parseOptions(['--data', 'here', ...more], nowMs);
  if (!read.ok) throw new Error(read.fault.text);
  return new Date(read.value.fromMs).toISOString();
};

test('without a day the training zone starts today at midnight in Hong Kong', () => {
  // 00:30 in Hong Kong is still the day before in UTC.
  expect(fromOf(Date.UTC(2026, 2, 1, 16, 30))).toBe('2026-03-01T16:00:00.000Z');
  expect(fromOf(Date.UTC(2026, 2, 2, 15, 59, 59, 999))).toBe('2026-03-01T16:00:00.000Z');
  expect(fromOf(Date.UTC(2026, 2, 2, 16))).toBe('2026-03-02T16:00:00.000Z');
});

test('with a day it starts there, whatever today is', () => {
  expect(fromOf(0, '--from', '2026-11-23')).toBe('2026-11-22T16:00:00.000Z');
  const wrong = parseOptions(['--data', 'here', '--from', '2026-02-30'], 0);
  expect(wrong.ok ? null : wrong.fault.text).toContain('2026-02-30');
});
