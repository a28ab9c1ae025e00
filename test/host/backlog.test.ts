import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  compareProjections,
  rebuildProjections,
} from '../../src/main/engine/projections/rebuild.ts';
import { openScratch } from '../../src/main/engine/store/open.ts';
import type { JournalEvent } from '../../src/shared/journal/events.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { hkDay } from '../../src/shared/lib/hk-time.ts';
import type { PastEvent, TrainingBoard } from '../../src/training/boards/training-board.ts';
import { type Holder, type SmallZone, startSmallZone, viewUntil } from '../kit/small-zone.ts';
import { until } from '../kit/waiting.ts';
import { ZoneJournal } from '../kit/zone-journal.ts';

/**
 * A board was cut off for an hour, decided alone and kept what happened. It comes back while people
 * go on crossing at another board.
 */
const EVENTS = 2_000;
const HOUR_MS = 3_600_000;
/** Holders whom the dead board saw; two of them may not cross, one has gone on since. */
const SEEN = 60;
const [REVOKED, WATCHED, GONE_ON, TWICE_IN] = [61, 62, 63, 64];
const LIVE_FROM = 201;
const LIVE = 400;

const holders: Holder[] = [
  ...Array.from({ length: SEEN }, (_, i) => ({ n: i + 1 })),
  { n: REVOKED, status: 'revoked' },
  ...[WATCHED, GONE_ON, TWICE_IN].map((n) => ({ n })),
  ...Array.from({ length: LIVE }, (_, i) => ({ n: LIVE_FROM + i })),
];

interface Past {
  readonly what: 'granted' | 'denied' | 'unknown' | 'forced' | 'other';
  readonly n: number | null;
  readonly door: number;
  readonly event: PastEvent;
}

let zone: SmallZone;
let journal: ZoneJournal;
let dead: TrainingBoard;
let alive: TrainingBoard;
let past: Past[];
let before: number;
let events: JournalEvent[];
const waits: { calm: number[]; draining: number[] } = { calm: [], draining: [] };
let drainMs = 0;
let nextLive = 0;

/** What the cut-off board saw: people in and out by turns, strangers, doors, buttons, force. */
function history(untilMs: number): Past[] {
  const inside = new Set<number>();
  const list: Past[] = [];
  const step = HOUR_MS / EVENTS;
  const add = (what: Past['what'], n: number | null, door: number, reason: number) => {
    const at = Math.floor((untilMs - HOUR_MS + list.length * step) / 1000) * 1000;
    const card = n === null ? (what === 'unknown' ? 999_999 : 0) : 100_000 + n;
    const granted = what === 'granted';
    const direction = door % 2 === 1 ? 1 : 2;
    const type = n === null && what !== 'unknown' ? 2 : 1;
    list.push({ what, n, door, event: { type, granted, door, direction, card, at, reason } });
  };
  const cross = (n: number) => {
    const out = inside.delete(n);
    if (!out) inside.add(n);
    add('granted', n, out ? 2 : 1, 1);
  };
  for (let i = 0; list.length < EVENTS - 8; i += 1) {
    cross((i % SEEN) + 1);
    add('other', null, 1, 0x17);
    add('other', null, 1, 0x18);
    if (i % 5 === 0) add('denied', (i % SEEN) + 1, 3, 6);
    if (i % 9 === 0) add('unknown', null, 4, 0x12);
    if (i % 25 === 0) add('forced', null, 2, 0x26);
    if (i % 30 === 0) add('other', null, 2, 0x14);
  }
  cross(REVOKED);
  cross(WATCHED);
  add('granted', GONE_ON, 2, 1);
  add('granted', TWICE_IN, 1, 1);
  while (list.length < EVENTS - 1) add('other', null, 1, 0x18);
  // In once more, though the ledger has this person in the area since a moment ago.
  add('granted', TWICE_IN, 1, 1);
  return list;
}

/** People who go in and out at the living board, one after the other, until told to stop. */
async function traffic(to: number[], isOver: () => boolean): Promise<void> {
  const inside: number[] = [];
  const cross = async (door: number, n: number) => {
    const swipe = await alive.swipe(door, door === 1 ? 'in' : 'out', zone.badge(n), 4_000);
    to.push(swipe.opened ? must(swipe.openedMonoMs, 'opening') - swipe.swipedMonoMs : 4_000);
    await alive.personPasses(door, 5);
    if (door === 1) inside.push(n);
  };
  const entering = async () => {
    for (; !isOver(); nextLive += 1) await cross(1, LIVE_FROM + (nextLive % LIVE));
  };
  const leaving = async () => {
    while (!isOver()) {
      const n = inside.shift();
      if (n === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
      else await cross(2, n);
    }
  };
  await Promise.all([entering(), leaving()]);
}

beforeAll(async () => {
  zone = await startSmallZone(holders, { boards: 2, watched: [WATCHED], eventMemory: 4_096 });
  journal = new ZoneJournal(zone.dataDir);
  dead = must(zone.boards[0], 'dead board');
  alive = must(zone.boards[1], 'living board');
  await alive.swipe(1, 'in', zone.badge(GONE_ON));
  await alive.personPasses(1, 5);
  await journal.first('crossing.passed');
  dead.unplug();
  await viewUntil<{ device: string; online: boolean }>(
    zone.engine,
    'devices',
    (rows) => rows.get(String(dead.serial))?.online === false,
  );
  let calm = true;
  const first = traffic(waits.calm, () => !calm);
  await until('calm traffic', () => waits.calm.length >= 60, 60_000);
  calm = false;
  await first;
  past = history(zone.clock.wallMs());
  const base = dead.lastIndex();
  dead.backfill(past.map(({ event }) => event));
  before = journal.head();
  const beganMs = performance.now();
  dead.plug();
  let drained = false;
  const second = traffic(waits.draining, () => drained);
  await viewUntil<{ device: string; missing: number; lastIndex: number }>(
    zone.engine,
    'devices',
    (rows) => {
      const row = rows.get(String(dead.serial));
      return row !== undefined && row.missing === 0 && row.lastIndex >= base + EVENTS;
    },
    90_000,
  );
  drainMs = performance.now() - beganMs;
  drained = true;
  await second;
  events = journal.events(before);
}, 180_000);

afterAll(async () => {
  journal?.close();
  await zone?.close();
});

const ofDead = () =>
  events.filter((event) => (event.data as { board?: string }).board === String(dead.serial));
const recorded = () =>
  events.flatMap((event) => (event.kind === 'crossing.recorded' ? [event] : []));
const lateIncidents = () =>
  events.flatMap((event) =>
    event.kind === 'incident.raised' && event.data.timing === 'late' ? [event.data] : [],
  );

test('every index that the board kept is in the journal exactly once', () => {
  const told = ofDead().flatMap((event) => {
    const { index } = event.data as { index?: number };
    return index === undefined ? [] : [index];
  });
  const first = must(told[0], 'first index');
  expect(told.length).toBe(EVENTS);
  expect(new Set(told).size).toBe(EVENTS);
  expect(told).toEqual(Array.from({ length: EVENTS }, (_, i) => first + i));
});

test('no gate moved for any of it, and nothing of it sounds', () => {
  const orders = events.flatMap((event) => (event.kind === 'gate.requested' ? [event.data] : []));
  expect(orders.filter(({ board }) => board === String(dead.serial))).toEqual([]);
  expect(dead.received('open-door')).toBe(0);
  expect(dead.openings()).toEqual([]);
  const live = events.flatMap((event) =>
    event.kind === 'incident.raised' && event.data.timing === 'live' ? [event.data.type] : [],
  );
  // That the board has something to hand over is told at once; what it hands over is not.
  expect(live.filter((type) => type !== 'board-gap')).toEqual([]);
  const repeats = events.flatMap((event) =>
    event.kind === 'incident.repeated' ? [event.data.timing] : [],
  );
  expect(new Set(repeats)).toEqual(new Set(['late']));
});

test('every badge read is written down as it was: who, granted or not, and when', () => {
  const reads = past.filter(({ what }) => what !== 'other' && what !== 'forced');
  expect(
    recorded().map(({ data, deviceAt }) => [data.person, data.granted, data.lane, deviceAt]),
  ).toEqual(
    reads.map(({ n, what, door, event }) => [
      n === null ? null : `P-${n}`,
      what === 'granted',
      ['f-in-1', 'f-out-1', 's-in-1', 's-out-1'][door - 1],
      event.at,
    ]),
  );
});

test('presence moved where the event was the newest known of a person, and nowhere else', () => {
  const places = new Map<string, string>();
  for (const { data } of recorded()) {
    const { person, granted, movesPresence, to } = data;
    expect(movesPresence, data.crossing).toBe(granted && person !== `P-${GONE_ON}`);
    if (movesPresence && person !== null) places.set(person, to);
  }
  const rows = journal.db
    .query<[], { person: string; place: string }>('SELECT person, place FROM presence')
    .all();
  const now = new Map(rows.map(({ person, place }) => [person, place]));
  expect(now.get(`P-${GONE_ON}`)).toBe('loop');
  expect(places.size).toBe(SEEN + 3);
  for (const [person, place] of places) expect(now.get(person), person).toBe(place);
});

test('who had no right, and an order that cannot be, are late and silent incidents', () => {
  const of = (type: string) => lateIncidents().filter((incident) => incident.type === type);
  const crossingsOf = new Map(recorded().map(({ data }) => [data.crossing, data.person]));
  const whom = (type: string) => of(type).map(({ crossing }) => crossingsOf.get(crossing as never));
  expect(whom('opened-though-not-entitled')).toEqual([`P-${REVOKED}`, `P-${WATCHED}`]);
  expect(whom('impossible-order')).toEqual([`P-${TWICE_IN}`]);
  expect(of('door-forced')).toHaveLength(1);
  const repeats = events.filter((event) => event.kind === 'incident.repeated').length;
  expect(repeats).toBe(past.filter(({ what }) => what === 'forced').length - 1);
});

test('the day’s tables hold it: by lane, by hour, as late', () => {
  const granted = past.filter(({ what }) => what === 'granted');
  for (const [door, lane] of ['f-in-1', 'f-out-1', 's-in-1', 's-out-1'].entries()) {
    const passed = journal.number(
      `SELECT coalesce(sum(passed), 0) AS n FROM lane_day WHERE lane = '${lane}'`,
    );
    expect(passed, lane).toBe(granted.filter((one) => one.door === door + 1).length);
    const byHour = journal.number(
      `SELECT coalesce(sum(passed), 0) AS n FROM hour_flow WHERE lane = '${lane}'`,
    );
    expect(byHour, lane).toBe(passed);
  }
  const day = hkDay(zone.clock.wallMs());
  const late = journal.number(`SELECT late AS n FROM day_count WHERE day = '${day}'`);
  expect(late).toBe(recorded().length);
});

test('projections kept up through it equal those rebuilt', () => {
  const rebuilt = openScratch(':memory:');
  journal.db.snapshot(() => {
    rebuildProjections(journal.db, rebuilt, journal.head());
    expect(compareProjections(journal.db, rebuilt)).toEqual([]);
  });
  rebuilt.close();
});

test('nobody at the living board waited for it', () => {
  const p99 = (list: readonly number[]) =>
    must([...list].sort((a, b) => a - b)[Math.ceil(list.length * 0.99) - 1], 'p99');
  const p50 = (list: readonly number[]) =>
    must([...list].sort((a, b) => a - b)[Math.floor(list.length / 2)], 'p50');
  const show = (list: readonly number[]) =>
    `p50 ${p50(list).toFixed(1)} ms, p99 ${p99(list).toFixed(1)} ms of ${list.length} badges`;
  console.info(
    `backlog of ${EVENTS} in ${drainMs.toFixed(0)} ms ` +
      `(${(EVENTS / (drainMs / 1000)).toFixed(0)}/s); ` +
      `badge to open: calm ${show(waits.calm)}; draining ${show(waits.draining)}`,
  );
  expect(waits.draining.length).toBeGreaterThan(20);
  expect(p99(waits.draining)).toBeLessThan(Math.max(1_000, 10 * p99(waits.calm)));
});
