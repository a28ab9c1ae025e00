import { afterEach, expect, test } from 'vitest';
import { must } from '../../src/shared/lib/assert.ts';
import { callerOf } from '../kit/caller.ts';
import { type SmallZone, startSmallZone, viewUntil, withRoster } from '../kit/small-zone.ts';

let zone: SmallZone | null = null;

afterEach(async () => {
  await zone?.close();
  zone = null;
});

function cards(of: SmallZone, count: number) {
  return viewUntil<{ storedCards: number | null }>(of.engine, 'devices', (rows) =>
    [...rows.values()].some((row) => row.storedCards === count),
  );
}

test('a board stores only who the regime admits all day', async () => {
  const holders = [
    { n: 1 },
    { n: 2 },
    { n: 3, status: 'suspended' },
    { n: 4, hours: '07:00-23:00' },
    { n: 5, validTo: '2026-03-02T12:00+08:00' },
    { n: 6, class: 'mainland-visitor' },
    { n: 7 },
  ];
  zone = await startSmallZone(holders, { watched: [7] });
  await withRoster(zone);
  await cards(zone, 2);
  const board = must(zone.boards[0], 'board');
  expect(board.storedCards()).toBe(2);
});

test('suspending a permit here takes its card from the board', async () => {
  zone = await startSmallZone([{ n: 1 }, { n: 2 }]);
  await withRoster(zone);
  await cards(zone, 2);
  const input = { permit: 'SP-1', reason: 'reported stolen' };
  const answer = await zone.engine.backend.command('permit.suspend', input, callerOf('supervisor'));
  expect(answer.ok).toBe(true);
  await cards(zone, 1);
  expect(must(zone.boards[0], 'board').storedCards()).toBe(1);
});

test('without a roster lane a board stores nobody', async () => {
  zone = await startSmallZone([{ n: 1 }]);
  await cards(zone, 0);
  expect(must(zone.boards[0], 'board').storedCards()).toBe(0);
});
