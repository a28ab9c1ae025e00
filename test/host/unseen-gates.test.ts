/** Boards that remember nothing, away for a moment while somebody goes through an open gate. */
import { afterEach, expect, test } from 'vitest';
import { must } from '../../src/shared/lib/assert.ts';
import { LEAVES, type MixedZone, startMixedZone, typedOf } from '../kit/mixed-zone.ts';
import { badgeBits } from '../kit/osdp-zone.ts';
import { realClock } from '../kit/real-clock.ts';
import { ZoneJournal } from '../kit/zone-journal.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function start(): Promise<{ zone: MixedZone; journal: ZoneJournal }> {
  const zone = await startMixedZone({ clock: realClock(), holders: [{ n: 1 }, { n: 2 }] });
  endings.push(() => zone.close());
  const journal = new ZoneJournal(zone.dataDir);
  endings.push(() => journal.close());
  return { zone, journal };
}

const limitMs = 20_000;

test('a module away for less than it counts as off line: the passage is unknown', async () => {
  const { journal, zone } = await start();
  const { gates, module, readers } = zone;
  readers.in.type(typedOf(1));
  await journal.first('crossing.opened');
  module.setFaults({ deaf: true });
  expect(await gates.in.personPasses(250)).toBe(true);
  await pause(400);
  module.setFaults({});
  const { data } = await journal.first('crossing.unknown', undefined, { limitMs });
  expect(data).toMatchObject({ lane: 'm-in', person: 'P-1', why: 'gate-silent' });
  await journal.first('incident.raised', ({ type }) => type === 'passage-unknown');
  expect(journal.all('board.state').filter((event) => !event.data.online)).toEqual([]);
}, 60_000);

test('an OSDP device that loses what it had to tell: the passage is unknown', async () => {
  const { journal, zone } = await start();
  const { device } = zone;
  device.hold(badgeBits(1, 1));
  await journal.first('crossing.opened');
  const [leaf] = LEAVES;
  zone.line.plugged = false;
  device.setInput(leaf, true);
  await pause(150);
  device.setInput(leaf, false);
  device.powerCut();
  device.powerOn();
  await pause(1_500);
  zone.line.plugged = true;
  const { data } = await journal.first('crossing.unknown', undefined, { limitMs });
  expect(data).toMatchObject({ lane: 'o-in', person: 'P-1', why: 'gate-silent' });
}, 60_000);

test('who left an open gate does not go through in the place of the next', async () => {
  const { journal, zone } = await start();
  const board = must(zone.boards[0], 'board');
  expect((await board.swipe(1, 'in', 100_001, 2_000)).opened).toBe(true);
  await journal.first('crossing.opened', ({ person }) => person === 'P-1');
  // Three seconds open, two in which news of it may come, one that the board's clock cuts off.
  await pause(6_300);
  // The board opens for the next, and the console hears of it by the leaf alone.
  board.hangOn(['open-door', 'get-status']);
  expect((await board.swipe(1, 'in', 100_002, 2_000)).opened).toBe(true);
  expect(await board.personPasses(1, 300)).toBe(true);
  const { data } = await journal.first('crossing.passed');
  expect(data).toMatchObject({ lane: 'f-in-1', person: 'P-2' });
  board.hangOn([]);
  await journal.first('crossing.not-taken', ({ person }) => person === 'P-1', { limitMs });
}, 60_000);

test('a gate that was looked at all the time and that nobody took was not taken', async () => {
  const { journal, zone } = await start();
  zone.readers.in.type(typedOf(1));
  zone.device.hold(badgeBits(1, 2));
  for (const lane of ['m-in', 'o-in']) {
    const left = (data: { lane: string }) => data.lane === lane;
    const { data } = await journal.first('crossing.not-taken', left, { limitMs });
    expect(data.why).toBe('nobody-passed');
  }
  expect(journal.all('crossing.unknown')).toEqual([]);
}, 60_000);
