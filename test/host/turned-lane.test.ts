/** A lane that is fit for both ways, turned by a supervisor: the same on every driver. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { h10301 } from '../../src/shared/domain/credential.ts';
import type { GateAction } from '../../src/shared/domain/gate.ts';
import type { Site } from '../../src/shared/domain/site.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { badgeOf } from '../../src/shared/wire/badges.ts';
import { callerOf } from '../kit/caller.ts';
import { LEAVES, type MixedZone, startMixedZone, typedOf } from '../kit/mixed-zone.ts';
import { channel } from '../kit/module-zone.ts';
import { badgeBits } from '../kit/osdp-zone.ts';
import { realClock } from '../kit/real-clock.ts';
import { viewUntil } from '../kit/small-zone.ts';
import { until } from '../kit/waiting.ts';
import { ZoneJournal } from '../kit/zone-journal.ts';

const BACK_READER = 2;
const AGAINST = 4;
const TURNABLE = new Set(['f-in-1', 'o-in', 'm-in']);

/** The ways in of every driver can be turned: each has a reader on its other side. */
function turnable(site: Site): Site {
  const written = site as unknown as { boards: { serial: string; doors: object[] }[] };
  return {
    ...site,
    lanes: site.lanes.map((lane) => {
      return TURNABLE.has(lane.id) ? { ...lane, reversible: true, offline: 'deny' } : lane;
    }),
    boards: written.boards.map((board) => {
      const [first, ...rest] = board.doors ?? [];
      if (board.serial === 'o-gate') {
        return { ...board, doors: [{ ...first, back: BACK_READER }, ...rest] };
      }
      if (board.serial !== 'm-gate') return board;
      const { inputs } = first as { inputs: object };
      const both = { ...inputs, passageOut: { channel: AGAINST } };
      return { ...board, doors: [{ ...first, inputs: both }, ...rest] };
    }) as unknown as Site['boards'],
    readers: site.readers.map((reader) => {
      return reader.lane === 'm-out' ? { ...reader, lane: 'm-in', direction: 'out' } : reader;
    }) as Site['readers'],
  };
}

let zone: MixedZone;
let journal: ZoneJournal;

beforeEach(async () => {
  const holders = [1, 2, 3].map((n) => ({ n }));
  zone = await startMixedZone({ clock: realClock(), holders, change: turnable });
  journal = new ZoneJournal(zone.dataDir);
}, 30_000);
afterEach(async () => {
  journal.close();
  await zone.close();
});

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function order(lane: string, action: GateAction, role: 'operator' | 'supervisor' = 'supervisor') {
  const asked = { lane, action, reason: 'as the officer says' };
  return zone.engine.backend.command('gate.command', asked, callerOf(role));
}

/** How somebody badges on a lane's own side or on the other, and goes through. */
interface Ways {
  badge(n: number, side: 'own' | 'other'): void;
  pass(way: 'in' | 'out'): Promise<unknown>;
  openings(): number;
}

const ways: Readonly<Record<string, () => Ways>> = {
  'f-in-1': () => {
    const board = must(zone.boards[0], 'board');
    return {
      badge: (n, side) => void board.swipe(1, side === 'own' ? 'in' : 'out', 100_000 + n, 500),
      pass: () => board.personPasses(1, 200),
      openings: () => board.openings().length,
    };
  },
  'o-in': () => ({
    badge: (n, side) => zone.device.hold(badgeBits(1, n), side === 'own' ? 0 : BACK_READER),
    async pass() {
      zone.device.setInput(LEAVES[0], true);
      await pause(250);
      zone.device.setInput(LEAVES[0], false);
    },
    openings: () => zone.device.openings().length,
  }),
  'm-in': () => ({
    badge(n, side) {
      if (side === 'own') zone.readers.in.type(typedOf(n));
      else zone.readers.out.hold(must(badgeOf(h10301(1, n)), 'badge'));
    },
    async pass(way) {
      const sensor = channel(way === 'in' ? 2 : AGAINST);
      zone.module.set(sensor, 1);
      await pause(250);
      zone.module.set(sensor, 0);
      zone.readers.out.lift();
    },
    openings: () => zone.module.openings(0),
  }),
};

async function crosses(lane: string, n: number, side: 'own' | 'other', way: 'in' | 'out') {
  const { badge, pass } = must(ways[lane], lane)();
  const after = journal.head();
  badge(n, side);
  await journal.first('crossing.opened', (data) => data.lane === lane, { after });
  await pass(way);
  return (await journal.first('crossing.passed', (data) => data.lane === lane, { after })).data;
}

const directionIs = (lane: string, direction: string) =>
  viewUntil<{ direction: string }>(zone.engine, 'lanes', (rows) => {
    return rows.get(lane)?.direction === direction;
  });

describe.each(Object.keys(ways))('%s', (lane) => {
  test('is turned, decides and counts the other way, also after a restart', async () => {
    expect(await crosses(lane, 1, 'own', 'in')).toMatchObject({ direction: 'in', to: 'loop' });
    expect(await order(lane, 'reverse', 'operator')).toMatchObject({ fault: { code: 'role' } });
    expect(await order(lane, 'forward')).toMatchObject({ fault: { code: 'no-change' } });
    await directionIs(lane, 'in');
    const { command } = ((await order(lane, 'reverse')) as { value: { command: string } }).value;
    for (const kind of ['gate.requested', 'gate.accepted', 'gate.confirmed'] as const) {
      await journal.first(kind, (data) => data.command === command);
    }
    const { data } = await journal.first('lane.turned');
    expect(data).toEqual({ lane, reversed: true, command });
    await directionIs(lane, 'out');

    // Who comes from the old side is told so, and nothing opens.
    const { badge, openings } = must(ways[lane], lane)();
    const [before, after] = [openings(), journal.head()];
    badge(2, 'own');
    const refused = await journal.first('crossing.refused', undefined, { after });
    expect(refused.data.reasons).toContainEqual(
      expect.objectContaining({ is: 'lane-takes', detail: 'wrong-way' }),
    );
    expect(openings()).toBe(before);

    await zone.restart();
    await directionIs(lane, 'out');
    const out = await crosses(lane, 1, 'other', 'out');
    expect(out).toMatchObject({ direction: 'out', from: 'loop', to: 'beyond-first' });
    expect(journal.all('incident.raised').map((event) => event.data.type)).not.toContain(
      'door-forced',
    );
    await order(lane, 'forward');
    await directionIs(lane, 'in');
    expect(await crosses(lane, 3, 'own', 'in')).toMatchObject({ direction: 'in', person: 'P-3' });
  }, 60_000);
});

test('a crossing under way ends in the direction in which it began', async () => {
  const { badge, pass } = must(ways['m-in'], 'm-in')();
  badge(1, 'own');
  await journal.first('crossing.opened');
  await order('m-in', 'reverse');
  await journal.first('lane.turned');
  await pass('in');
  const { data } = await journal.first('crossing.passed');
  expect(data).toMatchObject({ direction: 'in', from: 'beyond-first', to: 'loop' });
  expect(journal.number("SELECT inside AS n FROM occupancy WHERE area = 'loop'")).toBe(1);
}, 30_000);

test('a board that is away turns no lane; one that serves one way only is not asked', async () => {
  must(zone.boards[0], 'board').unplug();
  await order('f-in-1', 'reverse');
  await journal.first('gate.failed', ({ lane }) => lane === 'f-in-1', { limitMs: 10_000 });
  expect(journal.all('lane.turned')).toEqual([]);
  expect(await order('f-out-1', 'reverse')).toMatchObject({ fault: { code: 'not-reversible' } });
}, 30_000);

test('an evacuation opens a turned lane, which is a way out then', async () => {
  await order('o-in', 'reverse');
  await journal.first('lane.turned');
  const asked = { area: 'loop', reason: 'fire drill' };
  await zone.engine.backend.command('zone.evacuate', asked, callerOf('supervisor'));
  await journal.first('gate.mode', ({ lane, mode }) => lane === 'o-in' && mode === 'held');
  await until('the output', () => zone.device.isOn(0));
  await journal.first('gate.mode', ({ lane, mode }) => lane === 'f-in-1' && mode === 'locked');
}, 30_000);
