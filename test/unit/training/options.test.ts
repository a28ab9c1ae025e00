import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SHIPPED_REGIMES } from '../../../src/shared/regime/shipped.ts';
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

test('the regime is one of the five, the buffer zone’s unless another is named', () => {
  const regimeOf = (...more: string[]) => parseOptions(['--data', 'here', ...more], 0);
  expect(regimeOf()).toMatchObject({ value: { regime: 'cma-buffer-zone' } });
  expect(regimeOf('--regime', 'hengqin')).toMatchObject({ value: { regime: 'hengqin' } });
  const wrong = regimeOf('--regime', 'shenzhen');
  const text = wrong.ok ? '' : wrong.fault.text;
  for (const name of [...SHIPPED_REGIMES, '"shenzhen"']) expect(text).toContain(name);
  const files = readdirSync('resources/regimes').map((file) => file.replace('.json', ''));
  expect(files.sort()).toEqual([...SHIPPED_REGIMES].sort());
});
