/** A site that mixes UHPPOTE boards and OSDP devices, through the whole engine. */
import { expect, onTestFinished, test } from 'vitest';
import { BoardId } from '../../src/shared/domain/ids.ts';
import type { Site } from '../../src/shared/domain/site.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { TrainingDevice } from '../../src/training/osdp/training-device.ts';
import { TrainingLine } from '../../src/training/osdp/training-line.ts';
import { callerOf } from '../kit/caller.ts';
import { badgeBits, wired } from '../kit/osdp-zone.ts';
import { until } from '../kit/waiting.ts';
import { startWatchedZone } from '../kit/watched-zone.ts';

const gate = BoardId.parse('north-gate');

/** The zone's first way in is an OSDP device; its other doors stay with the UHPPOTE board. */
async function start() {
  const device = new TrainingDevice({ address: 3, wallMs: () => Date.now() });
  const line = new TrainingLine({ devices: [device] });
  const place = await line.listen();
  onTestFinished(() => line.close());
  const change = (site: Site): Site => ({
    ...site,
    lanes: site.lanes.map((lane) => (lane.id === 'f-in-1' ? { ...lane, board: gate } : lane)),
    boards: [
      ...site.boards,
      {
        ...{ serial: gate, driver: 'osdp', line: place, pd: 3, channel: { key: 'none' } },
        doors: [{ door: 1, output: 0, reader: 0 }],
        inputs: [{ input: wired.contact, tells: 'contact', door: 1 }],
      },
    ],
  });
  const started = await startWatchedZone([{ n: 1 }, { n: 2, status: 'revoked' }, { n: 3 }], {
    change,
  });
  return { ...started, device, board: must(started.zone.boards[0], 'board') };
}

test('a badge at either kind of gate opens it; who goes through is inside', async () => {
  const { board, device, journal, zone } = await start();
  device.hold(badgeBits(1, 1));
  const asked = await journal.first('crossing.asked');
  expect(asked.data).toMatchObject({ lane: 'f-in-1', board: gate, index: 1, timing: 'live' });
  const { crossing } = asked.data;
  await journal.first('crossing.opened', (data) => data.crossing === crossing);
  expect(device.openings()).toMatchObject([{ door: 0, by: 'remote' }]);
  expect(device.colour()).toBe(2);
  device.setInput(wired.contact, true);
  device.setInput(wired.contact, false);
  const passed = await journal.first('crossing.passed', (data) => data.crossing === crossing);
  expect(passed.data).toMatchObject({ person: 'P-1', to: 'loop' });
  const out = board.swipe(2, 'out', zone.badge(1), 2_000);
  await journal.first('crossing.opened', (data) => data.lane === 'f-out-1');
  expect((await out).by).toBe('remote');
});

test('who is refused, and who must wait for a person, sees and hears it at the gate', async () => {
  const { device, journal } = await start();
  device.hold(badgeBits(1, 2));
  await journal.first('crossing.refused');
  await until('the words', () => device.text() === 'NO ENTRY');
  expect([device.colour(), device.beeps()]).toEqual([1, 3]);
  device.hold(badgeBits(1, 77));
  await journal.first('crossing.referred');
  await until('the words', () => device.text() === 'PLEASE WAIT');
  expect([device.colour(), device.beeps()]).toEqual([3, 2]);
  expect(device.openings()).toEqual([]);
});

test('a lock outlives the console, and so do the numbers of events', async () => {
  const { device, journal, zone } = await start();
  device.hold(badgeBits(1, 1));
  await journal.first('crossing.opened');
  const order = { lane: 'f-in-1', action: 'lock', reason: 'the gate is mended' };
  await zone.engine.backend.command('gate.command', order, callerOf('supervisor'));
  await journal.first('gate.mode', ({ lane, mode }) => lane === 'f-in-1' && mode === 'locked');
  await zone.restart();
  await journal.first(
    'board.state',
    ({ board, text }) => board === gate && /not known/.test(text ?? ''),
  );
  device.hold(badgeBits(1, 3));
  const again = await journal.first(
    'crossing.asked',
    ({ board, index }) => board === gate && index > 1,
  );
  expect(journal.all('board.gap')).toEqual([]);
  await journal.first('crossing.referred', ({ crossing }) => crossing === again.data.crossing);
  const modes = journal.all('gate.mode').filter(({ data }) => data.lane === 'f-in-1');
  expect(modes.map(({ data }) => data.mode)).toEqual(['controlled', 'locked', 'locked']);
  expect(device.openings()).toHaveLength(1);
});
