import type {
  DeviceNow,
  LaneNow,
  QueueRow,
  StatusNow,
} from '../../../src/shared/contract/views.ts';
import type { PERSON_CLASSES } from '../../../src/shared/domain/line.ts';
import { type Site, type SiteLane, turned } from '../../../src/shared/domain/site.ts';
import type { SiteUhppoteBoard } from '../../../src/shared/domain/site-board.ts';
import { hkDay, hkDayStart, minuteOf } from '../../../src/shared/lib/hk-time.ts';
import { type Rng, seededRng } from '../../../src/shared/lib/rng.ts';
import type { Reason } from '../../../src/shared/regime/requirement.ts';
import { boardsFor, trainingSerial } from '../../../src/training/site/lanes.ts';
import { trainingSite } from '../../../src/training/site/training-site.ts';

type PersonClass = (typeof PERSON_CLASSES)[number];

/** The public key of RFC 8032, 7.1, test 1. */
export const ANY_CODE_KEY = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';

/** The training zone's own site with so many lanes: the page sees real names and geography. */
export function fakeSite(lanes: number): Site {
  const boards = Array.from({ length: boardsFor(lanes) }, (_, n) => ({
    serial: trainingSerial(n),
    address: '127.0.0.1' as SiteUhppoteBoard['address'],
    port: 60_000 + n,
  }));
  return trainingSite({
    consoleId: 'training-1' as Site['console'],
    lanes,
    people: 20_000,
    boards,
    clock: { address: '127.0.0.1', port: 60_900 },
    centre: null,
    codeKey: ANY_CODE_KEY,
  });
}

/** An id of the shape that the engine gives; fits every brand, since this is only for looking. */
export function made(letter: string, n: number): never {
  return `${letter}1-${n}` as never;
}

const CLASSES: readonly PersonClass[] = [
  'special-pass',
  'special-pass',
  'special-pass',
  'hk-resident',
  'mainland-visitor',
];

export function anyReason(rng: Rng, nowMs: number): Reason {
  return rng.pick<Reason>([
    { is: 'permit-valid', detail: 'expired', params: { toMs: nowMs - 86_400_000 } },
    { is: 'not-suspended', detail: 'permit', params: {} },
    { is: 'clearance-granted', detail: 'none', params: {} },
    { is: 'not-already-inside', detail: 'already-inside', params: { area: 'loop' } },
    { is: 'within-hours', detail: 'outside', params: { fromMinute: 420, toMinute: 1_260 } },
  ]);
}

export function anyClass(rng: Rng): PersonClass {
  return rng.pick(CLASSES);
}

export function anyPermit(rng: Rng): LaneRef['permit'] {
  return `SP-${100_000 + rng.below(120_000)}` as LaneRef['permit'];
}
type LaneRef = { permit: NonNullable<Extract<QueueRow, { type: 'exception' }>['permit']> };

function laneNow(lane: SiteLane, n: number, rng: Rng): LaneNow {
  const mode = n === 5 ? 'locked' : n === 9 ? 'held' : 'controlled';
  return {
    lane: lane.id,
    checkpoint: lane.checkpoint,
    direction: lane.reversible === true ? turned(lane).direction : lane.direction,
    mode: n === 14 ? null : mode,
    door: n === 3 ? 'forced' : n === 9 ? 'open' : n === 14 ? 'unknown' : 'closed',
    heardAgoMs: n === 14 ? null : n === 12 ? 22_000 : n === 13 ? 190_000 : 400,
    online: n !== 14,
    fire: false,
    crossing: null,
    command: null,
    perMinute: rng.below(9),
    today: 400 + rng.below(900),
    openIncidents: n === 3 ? 1 : 0,
    openExceptions: 0,
    highestIncident: n === 3 ? 1 : null,
    highestException: null,
    highestPriority: n === 3 ? 1 : null,
  };
}

export function fakeLanes(site: Site): Map<string, LaneNow> {
  const rng = seededRng('lanes');
  return new Map(site.lanes.map((lane, n) => [lane.id, laneNow(lane, n, rng)]));
}

export function fakeStatus(nowMs: number): StatusNow {
  return {
    nowMs,
    day: hkDay(nowMs),
    speed: 1,
    pace: { now: 1, asked: 1, achieved: 1 },
    training: true,
    mode: 'normal',
    headSeq: 184_220,
    centre: {
      state: 'in-step',
      ackedSeq: 184_220,
      waiting: 0,
      oldestUnackedMs: null,
      lastAnswerAgoMs: 900,
      text: null,
    },
    waiting: { p1: 1, p2: 3, p3: 2, p4: 1 },
  };
}

function incident(
  site: Site,
  n: number,
  row: Partial<Extract<QueueRow, { type: 'incident' }>>,
  openedMs: number,
): QueueRow {
  const lane = site.lanes[n];
  return {
    type: 'incident',
    id: made('I', 9_000 + n),
    incident: 'door-forced',
    state: 'raised',
    priority: 1,
    openedMs,
    lane: lane?.id ?? null,
    checkpoint: lane?.checkpoint ?? null,
    board: lane?.board ?? null,
    crossing: null,
    timing: 'live',
    count: 1,
    params: {},
    ...row,
  };
}

export function fakeException(site: Site, n: number, openedMs: number, rng: Rng): QueueRow {
  const lane = site.lanes[(n * 7 + 2) % site.lanes.length] as SiteLane;
  const line = site.checkpoints.find((one) => one.id === lane.checkpoint)?.line ?? 'first';
  return {
    type: 'exception',
    id: made('E', 5_000 + n),
    crossing: made('X', 4_999 + n),
    priority: 2,
    openedMs,
    atMs: openedMs - 1_000,
    lane: lane.id,
    checkpoint: lane.checkpoint,
    line,
    direction: lane.direction,
    person: `P-${20_000 + n}` as Extract<QueueRow, { type: 'exception' }>['person'],
    permit: anyPermit(rng),
    class: anyClass(rng),
    place: lane.from,
    rule: 'first-in-special-pass',
    regimeVersion: 1,
    reasons: [anyReason(rng, openedMs)],
  };
}

export function fakeQueue(site: Site, nowMs: number): Map<string, QueueRow> {
  const rng = seededRng('queue');
  const rows: QueueRow[] = [
    incident(site, 3, {}, nowMs - 42_000),
    fakeException(site, 1, nowMs - 75_000, rng),
    fakeException(site, 2, nowMs - 31_000, rng),
    incident(
      site,
      13,
      { incident: 'board-offline', priority: 2, state: 'acknowledged', lane: null },
      nowMs - 192_000,
    ),
    incident(site, 6, { incident: 'door-open-too-long', priority: 3 }, nowMs - 124_000),
    incident(
      site,
      17,
      { incident: 'opened-though-not-entitled', priority: 3, timing: 'late', count: 2 },
      nowMs - 4_000_000,
    ),
    incident(
      site,
      20,
      { incident: 'clock-drift', priority: 4, lane: null, params: { driftMs: 6_200 } },
      nowMs - 171_000,
    ),
  ];
  return new Map(rows.map((row) => [row.id, row]));
}

export function fakeDevices(site: Site, nowMs: number): Map<string, DeviceNow> {
  const rng = seededRng('devices');
  const boards = site.boards.map((board, n): DeviceNow => {
    const lost = n === 3;
    return {
      device: board.serial,
      type: 'board',
      online: !lost,
      heardAgoMs: lost ? 190_000 : n === 5 ? 17_000 : 300 + rng.below(600),
      version: 'v6.62',
      driftMs: n === 2 ? 6_000 : 0,
      corrected: n === 3 ? { atMs: nowMs - 3_600_000, byMs: 40_000 } : null,
      lastIndex: 20_000 + rng.below(9_000),
      missing: lost ? 143 : 0,
      lost: n === 1 ? 2 : 0,
      lostOpen: n === 1,
      garbage: n === 4 ? 3 : 0,
      strangers: 0,
      trips: lost
        ? { asked: 600, lost: 600, p50Ms: null, p99Ms: null }
        : { asked: 1_240, lost: n === 4 ? 31 : 0, p50Ms: 1.2, p99Ms: 8.4 },
      storedCards: 0,
      cardsMadeMs: nowMs - 600_000,
      cardsBehindMs: null,
      lastReadMs: nowMs - rng.below(20_000),
      lanes: site.lanes.filter((lane) => lane.board === board.serial).map((lane) => lane.id),
      attached: null,
      text: null,
    };
  });
  const readers = site.readers.map(
    (reader): DeviceNow => ({
      device: reader.id,
      type: 'reader',
      online: true,
      heardAgoMs: 500,
      version: 'LNC 7.11',
      driftMs: null,
      corrected: null,
      lastIndex: 0,
      missing: 0,
      lost: 0,
      lostOpen: false,
      garbage: 0,
      strangers: 0,
      trips: null,
      storedCards: null,
      cardsMadeMs: null,
      cardsBehindMs: null,
      lastReadMs: nowMs - 64_000,
      lanes: [],
      attached: null,
      text: null,
    }),
  );
  return new Map([...boards, ...readers].map((row) => [row.device, row]));
}

/** A day of minutes up to now, with the two peaks of commuters. */
export function fakeFlow(nowMs: number) {
  const rng = seededRng('flow');
  const start = hkDayStart(hkDay(nowMs));
  const rows = new Map<string, unknown>();
  const peaks = { in: 8.5, out: 18, across: 13 } as const;
  for (const [line, direction, most] of [
    ['first', 'in', 60],
    ['first', 'out', 52],
    ['second', 'in', 22],
    ['second', 'out', 20],
    ['inner', 'across', 6],
  ] as const) {
    for (let minuteMs = start; minuteMs <= minuteOf(nowMs); minuteMs += 60_000) {
      const hour = (minuteMs - start) / 3_600_000;
      const shape = 0.12 + Math.exp(-(((hour - peaks[direction]) / 1.6) ** 2));
      const passed = Math.max(0, Math.round(most * shape + rng.below(7) - 3));
      rows.set(`${line}/${direction}/${minuteMs}`, { line, direction, minuteMs, passed });
    }
  }
  return rows;
}
