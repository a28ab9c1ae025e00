/** A network that hands over every reply twice: the second copy must never be believed. */
import { afterEach, expect, test } from 'vitest';
import type { PastEvent } from '../../src/training/boards/training-board.ts';
import { type GateZone, onlineGateZone } from '../kit/gate-zone.ts';

let zone: GateZone | null = null;
afterEach(async () => {
  await zone?.stop();
  zone = null;
});

function past(count: number): PastEvent[] {
  const at = Date.UTC(2026, 2, 2, 0, 30, 0);
  return Array.from({ length: count }, (_, i) => ({
    type: 1,
    granted: false,
    door: 1,
    direction: 1,
    card: i + 1,
    at: at + i * 1000,
    reason: 5,
  }));
}

test('what the board still holds is not lost by the second copy of another reply', async () => {
  zone = await onlineGateZone({
    before: (device) => {
      device.backfill(past(30));
      device.setFaults({ outgoing: { repeat: 1 } });
    },
  });
  const { sink } = zone;
  await sink.until(() => sink.all('swipe').length + sink.all('lost').length >= 30, 'the backlog');
  expect(sink.all('lost')).toEqual([]);
  const indexes = sink.all('swipe').map(({ index }) => index);
  expect(indexes.sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
});
