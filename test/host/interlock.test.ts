/** Interlock and anti-passback at once, over controllers of two kinds and over both lines. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Site } from '../../src/shared/domain/site.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { callerOf } from '../kit/caller.ts';
import { LEAVES, type MixedZone, startMixedZone } from '../kit/mixed-zone.ts';
import { badgeBits } from '../kit/osdp-zone.ts';
import { realClock } from '../kit/real-clock.ts';
import { ZoneJournal } from '../kit/zone-journal.ts';

/** A UHPPOTE board's lane, another board's over the other line, and an OSDP device's. */
const GROUP = ['f-in-1', 's-in-2', 'o-in'];
/** A board decides alone after 30 s of silence. */
const ALONE_MS = 31_000;

let zone: MixedZone;
let journal: ZoneJournal;

beforeEach(async () => {
  const holders = [1, 2, 3, 4, 5].map((n) => ({ n }));
  const change = (site: Site): Site => ({
    ...site,
    lanes: site.lanes.map((lane) => {
      return GROUP.includes(lane.id) ? lane : { ...lane, offline: 'roster' as const };
    }),
    interlocks: [GROUP] as unknown as Site['interlocks'],
  });
  zone = await startMixedZone({ clock: realClock(), holders, boards: 2, change });
  journal = new ZoneJournal(zone.dataDir);
}, 30_000);
afterEach(async () => {
  journal.close();
  await zone.close();
});

const board = (n: number) => must(zone.boards[n - 1], `board ${n}`);
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Holds a badge to a lane's reader; the reasons why it was not admitted, or null where it was. */
async function asks(n: number, lane: string): Promise<string[] | null> {
  const after = journal.head();
  if (lane === 'o-in') zone.device.hold(badgeBits(1, n));
  else void board(Number(lane.at(-1))).swipe(lane.startsWith('s') ? 3 : 1, 'in', 100_000 + n, 400);
  const asked = await journal.first('crossing.asked', (data) => data.lane === lane, { after });
  const decided = () =>
    journal
      .events(after)
      .find(
        (event) =>
          (event.kind === 'crossing.admitted' ||
            event.kind === 'crossing.refused' ||
            event.kind === 'crossing.referred') &&
          event.data.crossing === asked.data.crossing,
      );
  await expect.poll(decided).toBeDefined();
  const event = must(decided(), 'a decision');
  if (event.kind === 'crossing.admitted') return null;
  const { reasons } = event.data as { reasons: { is: string; detail: string }[] };
  return reasons.map(({ is, detail }) => `${is}/${detail}`);
}

async function goesThrough(n: number, lane: string): Promise<void> {
  if (lane === 'o-in') {
    zone.device.setInput(LEAVES[0], true);
    await pause(200);
    zone.device.setInput(LEAVES[0], false);
  } else await board(Number(lane.at(-1))).personPasses(1, 200);
  await journal.first('crossing.passed', ({ person }) => person === `P-${n}`);
  await journal.first('door.heard', (data) => data.lane === lane && data.state === 'closed');
}

const opened = (lane: string, n: number) =>
  journal.first('crossing.opened', (data) => data.lane === lane && data.person === `P-${n}`);

test('one gate of the airlock at a time, and nobody twice: over boards and lines', async () => {
  expect(await asks(1, 'f-in-1')).toBeNull();
  await opened('f-in-1', 1);
  // While somebody is on the way through, no other gate of the group opens, of whatever driver.
  expect(await asks(2, 'o-in')).toContain('lane-takes/interlock');
  expect(await asks(2, 's-in-2')).toContain('lane-takes/interlock');
  const order = { lane: 'o-in', action: 'open', reason: 'let them in' };
  expect(
    await zone.engine.backend.command('gate.command', order, callerOf('supervisor')),
  ).toMatchObject({ fault: { code: 'interlocked' } });
  await goesThrough(1, 'f-in-1');

  // Both at once: who is inside already, at a gate whose airlock is taken, fails by both.
  expect(await asks(2, 'o-in')).toBeNull();
  await opened('o-in', 2);
  const both = await asks(1, 'f-in-1');
  expect(both).toContain('lane-takes/interlock');
  expect(both).toContain('not-already-inside/already-inside');
  await goesThrough(2, 'o-in');
  // The airlock is free again; that they are inside holds at every board.
  expect(await asks(1, 'f-in-1')).toEqual(['not-already-inside/already-inside']);
  expect(await asks(1, 'f-in-2')).toEqual(['not-already-inside/already-inside']);
  expect(await asks(2, 'f-in-1')).toEqual(['not-already-inside/already-inside']);
  expect(await asks(3, 'f-in-1')).toBeNull();
}, 60_000);

test('a board that is away: its open leaf holds the others, and it opens nothing', async () => {
  expect(await asks(1, 'f-in-1')).toBeNull();
  await opened('f-in-1', 1);
  board(1).holdOpen(1);
  await journal.first('door.heard', ({ lane, state }) => lane === 'f-in-1' && state === 'opened');
  board(1).unplug();
  await journal.first('board.state', ({ online }) => !online);
  expect(await asks(2, 'o-in')).toContain('lane-takes/interlock');
  board(1).letClose(1);
  await pause(ALONE_MS);
  // Alone it would open for cards that it holds: for the airlock's lane it holds none.
  expect(board(1).hostDecides()).toBe(false);
  const alone = await board(1).swipe(1, 'in', 100_003, 500);
  expect([alone.opened, alone.by]).toEqual([false, null]);
  // Another board's own lane, of no airlock, opens as ever, and anti-passback holds there.
  expect(await asks(1, 'f-in-2')).toEqual(['not-already-inside/already-inside']);
  expect(await asks(3, 'f-in-2')).toBeNull();
  board(1).plug();
  const closed = ({ lane, state }: { lane: string | null; state: string }) =>
    lane === 'f-in-1' && state === 'closed';
  await journal.first('door.heard', closed, { limitMs: 20_000 });
}, 90_000);

test('a site file whose airlock would open by cards over several boards is refused', async () => {
  const change = (site: Site): Site => ({
    ...site,
    lanes: site.lanes.map((lane) => {
      return lane.id === 'o-in' ? { ...lane, offline: 'roster' as const } : lane;
    }),
    interlocks: [GROUP, ['f-in-1', 'nowhere']] as unknown as Site['interlocks'],
  });
  const started = startMixedZone({ clock: realClock(), holders: [], boards: 2, change });
  await expect(started).rejects.toThrow(/opens by its board alone.*there is no lane nowhere/);
}, 30_000);
