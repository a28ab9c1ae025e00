import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { lanesView } from '../../src/main/engine/feed/views/lanes.ts';
import { queueView } from '../../src/main/engine/feed/views/queue.ts';
import { SiteIndex } from '../../src/main/engine/projections/gather/site-index.ts';
import type { LaneNow } from '../../src/shared/contract/views.ts';
import type { LaneId } from '../../src/shared/domain/ids.ts';
import { crossingId, exceptionId, incidentId } from '../../src/shared/domain/ids.ts';
import type { Role } from '../../src/shared/domain/role.ts';
import type { JournalEvent, NewEvent } from '../../src/shared/journal/events.ts';
import type { Reason } from '../../src/shared/regime/requirement.ts';
import { randomHistory } from '../kit/history.ts';
import { type KitJournal, kitJournal } from '../kit/journal-kit.ts';
import { kitSite } from '../kit/kit-site.ts';

const LANE = 'lane-1' as LaneId;
const NOW = Date.parse('2026-03-20T12:00:30+08:00');
const site = new SiteIndex(kitSite());

/** Events of a made-up history, to be changed into what a test needs. */
const made = randomHistory('lanes view', 600).map((one) => one.event);

let kit: KitJournal;
let nowMs = NOW;
beforeEach(() => {
  kit = kitJournal();
  nowMs = NOW;
  onTestFinished(() => kit.remove());
});

function view() {
  const clock = { wallMs: () => nowMs, monoMs: () => 0, speed: () => 1 } as never;
  return lanesView(kit.segments, site, clock, { board: () => null });
}

function add<K extends NewEvent['kind']>(
  kind: K,
  data: Partial<Extract<NewEvent, { kind: K }>['data']>,
  atMs: number,
  deviceAt: number | null = null,
): JournalEvent {
  const like = made.find((event) => event.kind === kind);
  if (like === undefined) throw new Error(`no ${kind} in the history`);
  return kit.add({ ...like, data: { ...like.data, ...data }, deviceAt } as NewEvent, atMs);
}

const passes = (lane: string, atMs: number) =>
  add('crossing.passed', { lane: lane as LaneId }, atMs);
const perMinute = (of: ReturnType<typeof view>, lane: string = LANE) => of.row(lane)?.perMinute;

test('a minute is the last 60 seconds, wherever the clock stands', () => {
  const lanes = view();
  passes(LANE, NOW - 61_000);
  passes(LANE, NOW - 59_000);
  passes('lane-2', NOW - 31_000);
  passes(LANE, NOW - 1_000);
  expect([perMinute(lanes), perMinute(lanes, 'lane-2')]).toEqual([2, 1]);
  nowMs = NOW + 30_000;
  passes(LANE, nowMs);
  expect([perMinute(lanes), perMinute(lanes, 'lane-2')]).toEqual([2, 0]);
  expect(perMinute(view())).toBe(2);
  nowMs = NOW + 120_000;
  expect(perMinute(lanes)).toBe(0);
});

test('what a board let in alone counts when it happened, what it refused does not', () => {
  const lanes = view();
  const recorded = (granted: boolean, deviceAt: number) => {
    const crossing = crossingId(1, NOW - deviceAt + Number(granted));
    return add('crossing.recorded', { lane: LANE, crossing, granted }, NOW, deviceAt);
  };
  recorded(true, NOW - 10_000);
  recorded(true, NOW - 600_000);
  recorded(false, NOW - 10_000);
  expect(perMinute(lanes)).toBe(1);
});

const REFERRED: Reason = { is: 'clearance-granted', detail: 'none', params: {} };
const LISTED: Reason = { is: 'not-watchlisted', detail: 'listed', params: {} };

function refer(seq: number, reasons: Reason[]): JournalEvent {
  const [crossing, exception] = [crossingId(1, seq), exceptionId(1, seq)];
  return add('crossing.referred', { lane: LANE, crossing, exception, reasons }, NOW);
}

function seen(role: Role): Partial<LaneNow> {
  const lanes = view();
  const row = lanes.row(LANE);
  if (row === null) throw new Error('no row');
  const { openIncidents, openExceptions, highestPriority } = lanes.rowFor?.(role, row) ?? row;
  return { openIncidents, openExceptions, highestPriority };
}

test('a lane where somebody waits says so, and who is watched for only to supervisors', () => {
  const nobody = { openIncidents: 0, openExceptions: 0, highestPriority: null };
  expect(seen('operator')).toEqual(nobody);
  refer(900, [REFERRED]);
  const one = { openIncidents: 0, openExceptions: 1, highestPriority: 2 };
  expect([seen('operator'), seen('supervisor')]).toEqual([one, one]);
  refer(901, [LISTED]);
  const two = { ...one, openExceptions: 2 };
  expect(seen('operator')).toEqual(two);
  expect(seen('inspector')).toEqual(two);
  expect(seen('supervisor')).toEqual({ ...two, highestPriority: 1 });
  const resolved = { exception: exceptionId(1, 901), crossing: crossingId(1, 901) };
  const event = add('exception.resolved', { ...resolved, outcome: 'refuse' }, NOW);
  expect(view().touched(event)).toEqual([LANE]);
  expect(seen('supervisor')).toEqual(one);
});

test('an urgent incident stays urgent beside who waits, also one that a person reported', () => {
  refer(900, [REFERRED]);
  const incident = incidentId(1, 950);
  const at = { lane: LANE, board: null, incident };
  add('incident.raised', { ...at, type: 'reported-by-person', priority: 1 }, NOW);
  const both = { openIncidents: 1, openExceptions: 1, highestPriority: 1 };
  expect([seen('operator'), seen('supervisor')]).toEqual([both, both]);
  expect(view().touched(add('incident.resolved', { incident }, NOW))).toEqual([LANE]);
  expect(seen('operator')).toEqual({ openIncidents: 0, openExceptions: 1, highestPriority: 2 });
});

test('who waits is shown with the moment of the badge read, as the crossing has it', () => {
  const crossing = crossingId(1, 700);
  add('crossing.asked', { lane: LANE, crossing }, NOW, NOW - 4_000);
  const exception = exceptionId(1, 701);
  add('crossing.referred', { lane: LANE, crossing, exception, reasons: [REFERRED] }, NOW);
  const row = queueView(kit.db, site).row(exception);
  expect(row).toMatchObject({ type: 'exception', atMs: NOW - 4_000, openedMs: NOW });
});
