import { expect, test } from 'vitest';
import { h10301 } from '../../src/shared/domain/credential.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { badgeOf } from '../../src/shared/wire/badges.ts';
import { PcproxDevice } from '../../src/training/readers/pcprox-device.ts';
import { FakeHid } from '../kit/fake-hid.ts';
import { until } from '../kit/waiting.ts';
import { startWatchedZone } from '../kit/watched-zone.ts';

const READER = { id: 'lane-reader', driver: 'pcprox', use: 'lane', lane: 'f-in-1' };

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A reader on USB stands at the first line's way in; the gate is moved by its board. */
async function start() {
  const hid = new FakeHid();
  const device = new PcproxDevice();
  hid.plug('/dev/hidraw0', 'SN1', device);
  const started = await startWatchedZone([{ n: 1 }, { n: 2, status: 'revoked' }], {
    hid,
    site: { readers: [READER] },
  });
  return { ...started, device, board: must(started.zone.boards[0], 'board') };
}

test('a badge read by a reader at a lane opens its gate; who goes through is inside', async () => {
  const { board, device, journal } = await start();
  device.hold(must(badgeOf(h10301(1, 1)), 'badge'));
  const asked = await journal.first('crossing.asked');
  expect(asked.data).toMatchObject({
    ...{ lane: 'f-in-1', person: 'P-1', board: '405419001', index: 0, reader: 'lane-reader' },
    timing: 'live',
  });
  const { crossing } = asked.data;
  await journal.first('crossing.admitted', (data) => data.crossing === crossing);
  await journal.first('crossing.opened', (data) => data.crossing === crossing);
  expect(board.openings()).toMatchObject([{ door: 1, by: 'remote' }]);
  expect(await board.personPasses(1)).toBe(true);
  const passed = await journal.first('crossing.passed');
  expect(passed.data).toMatchObject({ crossing, person: 'P-1', to: 'loop' });
  expect(journal.all('desk.read')).toEqual([]);
});

test('the reader’s lights tell the decision, and are its own again afterwards', async () => {
  const { device, journal } = await start();
  const lights = () => [...device.page(2).subarray(0, 2)];
  expect(lights()).toEqual([0, 0]);
  device.hold(must(badgeOf(h10301(1, 77)), 'badge'));
  await journal.first('crossing.referred');
  // Red and green, and that they are ours.
  await until('both lights', () => lights().join() === '3,2');
  device.lift();
  await pause(500);
  device.hold(must(badgeOf(h10301(1, 1)), 'badge'));
  await journal.first('crossing.admitted');
  await until('the green light', () => lights().join() === '2,2');
  await until('its own lights', () => lights().join() === '0,0', 10_000);
  device.lift();
  await pause(500);
  device.hold(must(badgeOf(h10301(1, 2)), 'badge'));
  await journal.first('crossing.refused');
  await until('the red light', () => lights().join() === '1,2');
});

test('one nobody holds opens nothing; the board’s own events stay without a gap', async () => {
  const { board, device, journal, zone } = await start();
  device.hold(must(badgeOf(h10301(1, 77)), 'badge'));
  const asked = await journal.first('crossing.asked');
  await journal.first('crossing.referred', ({ crossing }) => crossing === asked.data.crossing);
  expect(board.openings()).toEqual([]);
  void board.swipe(1, 'in', zone.badge(1), 1_000);
  const own = await journal.first('crossing.asked', ({ reader }) => reader === undefined);
  expect(own.data).toMatchObject({ person: 'P-1', timing: 'live' });
  expect(own.data.index).toBeGreaterThan(0);
  await journal.first('crossing.opened', ({ crossing }) => crossing === own.data.crossing);
  expect(journal.all('board.gap')).toEqual([]);
  expect(journal.number('SELECT last_read_ms AS n FROM reader')).toBeGreaterThan(0);
});
