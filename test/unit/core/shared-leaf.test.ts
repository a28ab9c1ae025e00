import { expect, test } from 'vitest';
import type { CrossingNow, ProgressFacts } from '../../../src/main/engine/core/facts.ts';
import { decideBoardEvent } from '../../../src/main/engine/core/rules/board-event.ts';
import { decideProgress } from '../../../src/main/engine/core/rules/command-progress.ts';
import { decideDue } from '../../../src/main/engine/core/rules/due.ts';
import { OPEN_WITHIN_MS, PASSAGE_MS } from '../../../src/main/engine/core/timing.ts';
import { mayBeTheirs } from '../../../src/main/engine/projections/gather/sharing.ts';
import type { CommandProgress, DoorEvent } from '../../../src/shared/domain/device-report.ts';
import type { CommandId } from '../../../src/shared/domain/ids.ts';
import { given } from '../../kit/given-when-then.ts';
import { NOON } from '../regime/given.ts';
import {
  BOARD,
  boardEventFacts,
  crossing,
  door,
  due,
  laneAt,
  MOMENT,
  progressFacts,
} from './core-facts.ts';

const LEAF = { deviceAtMs: NOON, openS: 3, isHeld: false, speed: 1 } as const;
/** Admitted, and the gate shown open, so many real ms before noon. */
const before = (admitted: number, opened: number | null) => ({
  admitted_ms: NOON - admitted,
  opened_ms: opened === null ? null : NOON - opened,
});

test('whose gate was shut before the next one asked cannot have moved that one’s leaf', () => {
  const next = before(500, null);
  const turnedAway = before(7_000, 5_501);
  expect(mayBeTheirs([next, turnedAway], LEAF)).toEqual([next]);
  const stillOpen = before(7_000, 5_500);
  expect(mayBeTheirs([next, stillOpen], LEAF)).toEqual([next, stillOpen]);
  expect(mayBeTheirs([next, turnedAway], { ...LEAF, isHeld: true })).toHaveLength(2);
});

test('a gate that never showed open may have opened as late as its command might leave', () => {
  const next = before(500, null);
  expect(mayBeTheirs([next, before(8_500, null)], LEAF)).toHaveLength(2);
  expect(mayBeTheirs([next, before(8_501, null)], LEAF)).toEqual([next]);
});

test('a leaf long after the newest one’s gate opened is nobody’s of them', () => {
  const within = before(PASSAGE_MS + 100, PASSAGE_MS);
  expect(mayBeTheirs([within], LEAF)).toEqual([within]);
  expect(mayBeTheirs([before(PASSAGE_MS + 100, PASSAGE_MS + 1)], LEAF)).toEqual([]);
  expect(mayBeTheirs([before(PASSAGE_MS + OPEN_WITHIN_MS + 1, null)], LEAF)).toEqual([]);
  expect(mayBeTheirs([], LEAF)).toEqual([]);
});

test('on a faster calendar the same real time counts', () => {
  const speed = 100;
  const faster = { ...LEAF, speed };
  const [next, older] = [before(50_000, null), before(700_000, 550_000)];
  expect(mayBeTheirs([next, older], faster)).toEqual([next, older]);
  const shut = before(700_000, 550_001);
  expect(mayBeTheirs([next, shut], faster)).toEqual([next]);
});

const one = (id: string, changes: Partial<CrossingNow> = {}) =>
  crossing({ crossing: id as CrossingNow['crossing'], state: 'opened', ...changes });

function leaf(candidates: readonly CrossingNow[], changes: Partial<DoorEvent> = {}) {
  const facts = boardEventFacts({ candidates, crossing: candidates[0] ?? null });
  return given(facts).when((all) => decideBoardEvent(all, door('opened', changes), 0, MOMENT));
}

test('a leaf that one of two moved is said of neither', () => {
  const told = leaf([one('X1-52', { state: 'admitted' }), one('X1-50')]).thenTold('door.heard');
  const between = ['X1-52', 'X1-50'];
  expect(told.data('door.heard')).toMatchObject({ crossing: null, between, timing: 'live' });
});

test('as many leaves as people: all of them went through, the first one first', () => {
  const both = [one('X1-52', { state: 'admitted', sharedLeaves: 1 }), one('X1-50')];
  const told = leaf(both).thenTold(
    ...(['door.heard', 'crossing.passed', 'crossing.opened', 'crossing.passed'] as const),
  );
  const passed = told.events.filter(({ kind }) => kind === 'crossing.passed');
  const whose = passed.map(({ data }) => (data as { crossing: string }).crossing);
  expect(whose).toEqual(['X1-50', 'X1-52']);
  const third = one('X1-54');
  leaf([third, ...both]).thenTold('door.heard');
});

test('a late leaf, or one beside somebody unknown, is never said of anybody', () => {
  const counted = { sharedLeaves: 1 } as const;
  const late = { delivery: 'backlog', inOrder: false, ageMs: 20_000 } as const;
  leaf([one('X1-52', counted), one('X1-50', counted)], late).thenTold('door.heard');
  const unknown = one('X1-50', { state: 'unknown' });
  const told = leaf([one('X1-52', counted), unknown]).thenTold('door.heard');
  expect(told.data('door.heard').between).toEqual(['X1-52']);
});

test('a leaf that seems forced while somebody is let through may have been theirs', () => {
  const who = one('X1-50');
  const facts = boardEventFacts({ crossing: who });
  const forced = (changes: Partial<DoorEvent> = {}) =>
    given(facts).when((all) => decideBoardEvent(all, door('forced', changes), 0, MOMENT));
  const told = forced().thenTold('door.heard', 'incident.raised');
  expect(told.data('door.heard').between).toEqual(['X1-50']);
  expect(told.data('incident.raised').type).toBe('door-forced');
  const late = forced({ delivery: 'backlog', inOrder: false, ageMs: 20_000 });
  expect(late.data('door.heard').between).toBeUndefined();
});

test('where the relay tells of passages a leaf that moves is nobody’s', () => {
  const at = laneAt(1, { passage: 'relay' });
  const facts = boardEventFacts({ at, candidates: [one('X1-52'), one('X1-50')] });
  const told = given(facts).when((all) => decideBoardEvent(all, door('opened'), 0, MOMENT));
  told.thenTold('door.heard');
  expect(told.data('door.heard').between).toBeUndefined();
});

test('who may have moved a leaf is unknown in the end, however the gate ends', () => {
  const shared = due({ state: 'opened', heard: true, sharedLeaves: 1 });
  const facts = { crossings: [shared], exceptions: [] };
  const told = given(facts).when((all) => decideDue(all, MOMENT));
  told.thenTold('crossing.unknown', 'incident.raised');
  expect(told.data('crossing.unknown').why).toBe('shared-leaf');
  expect(told.data('incident.raised').type).toBe('passage-unknown');
});

function progress(changes: Partial<ProgressFacts>, more: Partial<CommandProgress> = {}) {
  const base = { kind: 'command', board: BOARD, command: 'G1-52' as CommandId } as const;
  const facts = progressFacts(changes);
  const told = { ...base, stage: 'failed', ...more } as const;
  return given(facts).when((all) => decideProgress(all, told, MOMENT));
}

test('a command fails while its gate may stand open by itself: a person decides', () => {
  const ways = [
    progress({}, { unseen: true }),
    progress({}, { unseen: true, stage: 'expired' }),
    progress({ isHeld: true }),
  ];
  for (const told of ways) {
    expect(told.data('crossing.unknown').why).toBe('gate-not-seen');
    const raised = told.events.filter(({ kind }) => kind === 'incident.raised');
    const types = raised.map(({ data }) => (data as { type: string }).type);
    expect(types).toEqual(['passage-unknown', expect.stringMatching(/^gate-command-/)]);
  }
  const shared = progress({ crossing: crossing({ sharedLeaves: 1 }) });
  expect(shared.data('crossing.unknown').why).toBe('shared-leaf');
});
