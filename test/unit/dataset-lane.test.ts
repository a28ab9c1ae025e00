import { expect, test } from 'vitest';
import { laneOf } from '../../src/main/engine/intake/lane-of.ts';

test('a dataset that comes in force does not wait behind the backlog of boards', () => {
  const data = {
    dataset: 'watch-list',
    version: 2,
    rows: 1,
    changed: 1,
    refused: 0,
    hash: 'h',
  } as const;
  const events = [{ kind: 'dataset.in-force', data }] as const;
  expect(laneOf({ kind: 'noted', events, actor: { type: 'console' } })).toBe('command');
});
