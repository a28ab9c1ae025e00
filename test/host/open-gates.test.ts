/** Whoever walks through gates that an evacuation opened is counted, on every driver. */
import { expect, onTestFinished, test } from 'vitest';
import type { AreaNow } from '../../src/shared/contract/views.ts';
import type { Site } from '../../src/shared/domain/site.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { callerOf } from '../kit/caller.ts';
import { value } from '../kit/journal-kit.ts';
import { LEAVES, startMixedZone } from '../kit/mixed-zone.ts';
import { realClock } from '../kit/real-clock.ts';
import { viewUntil } from '../kit/small-zone.ts';
import { ZoneJournal } from '../kit/zone-journal.ts';

const PEOPLE = 6;
const OUT = ['f-out-1', 'o-out', 'm-out'] as const;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** As `start`, with the first board cut off, which is known before anything happens there. */
async function cutOff(held: boolean) {
  const all = await start();
  const { journal, loop, tell, zone } = all;
  const board = must(zone.boards[0], 'board');
  for (let n = 1; n <= PEOPLE; n += 1) {
    await tell('presence.set', { person: `P-${n}`, place: 'loop', reason: 'counted' });
  }
  await loop({ inside: PEOPLE, unknown: 0 });
  if (held) {
    await tell('gate.command', { lane: 'f-out-1', action: 'hold', reason: 'a crowd' });
    await journal.first('gate.mode', (data) => data.lane === 'f-out-1' && data.mode === 'held');
    // The board stamps whole seconds.
    await pause(1_000);
  }
  const after = journal.head();
  board.unplug();
  const away = ({ board: one, online }: { board: string; online: boolean }) =>
    one === String(board.serial) && !online;
  await journal.first('board.state', away, { after, limitMs: 15_000 });
  return { ...all, board };
}

async function start() {
  const holders = Array.from({ length: PEOPLE }, (_, i) => ({ n: i + 1 }));
  // What a board may do alone plays no part here.
  const change = (site: Site) => ({
    ...site,
    lanes: site.lanes.map((lane) => ({ ...lane, offline: 'deny' as const })),
  });
  const zone = await startMixedZone({ clock: realClock(), holders, change });
  const journal = new ZoneJournal(zone.dataDir);
  onTestFinished(async () => {
    journal.close();
    await zone.close();
  });
  const tell = async (name: string, input: object) =>
    value(await zone.engine.backend.command(name, input, callerOf('supervisor')));
  const loop = (wanted: Pick<AreaNow, 'inside' | 'unknown'>) =>
    viewUntil<AreaNow>(zone.engine, 'areas', (rows) => {
      const now = rows.get('loop');
      return now?.inside === wanted.inside && now.unknown === wanted.unknown;
    });
  const walks: Readonly<Record<(typeof OUT)[number], () => Promise<unknown>>> = {
    'f-out-1': () => must(zone.boards[0], 'board').personPasses(2, 200),
    async 'o-out'() {
      zone.device.setInput(LEAVES[1], true);
      await pause(250);
      zone.device.setInput(LEAVES[1], false);
    },
    'm-out': () => zone.gates.out.personPasses(250),
  };
  return { zone, journal, tell, loop, walks };
}

test('unnamed and uncertain until a head count; then the ledger is right', async () => {
  const { journal, loop, tell, walks, zone } = await start();
  for (let n = 1; n <= PEOPLE; n += 1) {
    await tell('presence.set', { person: `P-${n}`, place: 'loop', reason: 'counted' });
  }
  await loop({ inside: PEOPLE, unknown: 0 });
  await tell('zone.evacuate', { area: null, reason: 'drill' });
  for (const lane of OUT) {
    await journal.first('gate.mode', (data) => data.lane === lane && data.mode === 'held');
  }
  for (const [i, lane] of OUT.entries()) {
    await walks[lane]();
    const { data } = await journal.first('passage.unnamed', (one) => one.lane === lane);
    expect(data).toMatchObject({ lane, from: 'loop', to: 'beyond-first', direction: 'out' });
    await loop({ inside: PEOPLE - 1 - i, unknown: 1 + i });
  }
  expect(journal.all('passage.unnamed')).toHaveLength(OUT.length);
  // Nobody forced a gate that stands open.
  const types = journal.all('incident.raised').map(({ data }) => data.type);
  expect(types).not.toContain('door-forced');

  // Whoever is named outside is one of those who left: fewer are uncertain, as many inside.
  const seen = (n: number, place: string) =>
    tell('presence.set', { person: `P-${n}`, place, reason: 'seen there' });
  await seen(1, 'beyond-first');
  await loop({ inside: 3, unknown: 2 });
  await zone.restart();
  await loop({ inside: 3, unknown: 2 });
  for (const n of [2, 3]) await seen(n, 'beyond-first');
  await loop({ inside: 3, unknown: 0 });
  // All who left are named: one more slipped out where nothing looked.
  await seen(4, 'beyond-first');
  await loop({ inside: 2, unknown: 0 });

  await tell('area.count', { area: 'loop', counted: 3, reason: 'searched room by room' });
  await loop({ inside: 3, unknown: 1 });
  const { actor, data } = await journal.first('area.counted');
  expect(actor).toMatchObject({ type: 'person', role: 'supervisor' });
  expect(data).toMatchObject({ area: 'loop', counted: 3, named: 2, anonymous: 0 });
  // The one whom the count found has a name.
  await seen(4, 'loop');
  await loop({ inside: 3, unknown: 0 });
}, 60_000);

test('through an open gate whose board was cut off: late, each once, as they were', async () => {
  const { board, journal, loop, zone } = await cutOff(true);
  for (const _ of [1, 2, 3]) {
    expect(await board.personPasses(2, 100)).toBe(true);
    await pause(50);
  }
  // A gate that is shut, opened by its button: nobody but the board knows of it.
  expect(board.pressButton(4)).toBe(true);
  expect(await board.personPasses(4, 100)).toBe(true);
  const after = journal.head();
  board.plug();
  await loop({ inside: PEOPLE - 3, unknown: 3 });
  const late = journal.all('passage.unnamed');
  expect(late.map(({ data }) => data.timing)).toEqual(['late', 'late', 'late']);
  expect(new Set(late.map(({ data }) => data.index)).size).toBe(3);
  for (const { at, data, deviceAt } of late) {
    expect(data).toMatchObject({ lane: 'f-out-1', from: 'loop', to: 'beyond-first' });
    expect(at - (deviceAt ?? at)).toBeGreaterThan(500);
  }
  // How the gate stands came first, though nothing had changed.
  const [mode, heard] = [
    await journal.first('gate.mode', ({ lane }) => lane === 'f-out-1', { after }),
    await journal.first('door.heard', ({ timing }) => timing === 'late', { after }),
  ];
  expect(mode.data.mode).toBe('held');
  expect(mode.seq).toBeLessThan(heard.seq);
  const silent = journal.all('incident.raised').filter(({ data }) => data.type === 'door-forced');
  expect(silent).toEqual([]);
  await zone.restart();
  await loop({ inside: PEOPLE - 3, unknown: 3 });
  expect(journal.all('passage.unnamed')).toHaveLength(3);
}, 60_000);

test('of a gate that was not open nobody is counted, whatever its board tells of', async () => {
  const { board, journal, loop } = await cutOff(false);
  for (const _ of [1, 2]) {
    expect(board.pressButton(2)).toBe(true);
    expect(await board.personPasses(2, 100)).toBe(true);
    await pause(50);
  }
  board.plug();
  const last = board.lastIndex();
  await journal.first('door.heard', ({ index }) => index >= last - 1, { limitMs: 15_000 });
  await loop({ inside: PEOPLE, unknown: 0 });
  expect(journal.all('passage.unnamed')).toEqual([]);
}, 60_000);
