import { expect, test } from 'vitest';
import type { SwipeFacts } from '../../../src/main/engine/core/facts.ts';
import { decideSwipe } from '../../../src/main/engine/core/rules/swipe.ts';
import type { SwipeEvent } from '../../../src/shared/domain/device-report.ts';
import type { PersonFacts } from '../../../src/shared/regime/person-facts.ts';
import { given } from '../../kit/given-when-then.ts';
import { at, COMMUTER, NOON, PASS } from '../regime/given.ts';
import { MOMENT, swipe, swipeFacts } from './core-facts.ts';

const HOUR_AGO = NOON - 3_600_000;

/** The board let somebody through an hour ago, on its own. */
function alone(
  crossing: Partial<PersonFacts>,
  facts: Partial<SwipeFacts> = {},
  event: Partial<SwipeEvent> = {},
) {
  const all = swipeFacts({ crossing: { ...COMMUTER, atMs: HOUR_AGO, ...crossing }, ...facts });
  const past = { deviceAtMs: HOUR_AGO, ageMs: 3_600_000, delivery: 'backlog' } as const;
  const heard = swipe({ ...past, inOrder: false, granted: true, reason: 1, ...event });
  return given(all).when((known) => decideSwipe(known, heard, 0, MOMENT));
}

test('what the board did alone is written down with what the regime would have said', () => {
  const told = alone({}).thenTold('crossing.recorded');
  expect(told.data('crossing.recorded')).toMatchObject({
    crossing: 'X1-100',
    entitled: true,
    granted: true,
    movesPresence: true,
    boardReason: 1,
    reasons: [],
    credential: 'h10301/1/7',
    permitStatus: 'active',
  });
  expect(told.event('crossing.recorded').deviceAt).toBe(HOUR_AGO);
});

test('the board decided alone while we listened: written down as live, else as late', () => {
  const now = { deviceAtMs: NOON, ageMs: 200, delivery: 'pushed', inOrder: true } as const;
  expect(alone({}, {}, now).data('crossing.recorded').timing).toBe('live');
  expect(alone({}).data('crossing.recorded').timing).toBe('late');
});

test('presence moves only when this is newer than the last that is known of the person', () => {
  const moves = (lastHappenedMs: number | null) =>
    alone({}, { lastHappenedMs }).data('crossing.recorded').movesPresence;
  expect(moves(null)).toBe(true);
  expect(moves(HOUR_AGO - 1)).toBe(true);
  expect(moves(HOUR_AGO)).toBe(false);
  expect(moves(NOON)).toBe(false);
});

test('a read that the board refused moves nobody, and nobody must look at it', () => {
  const told = alone({ watchlisted: true }, {}, { granted: false });
  told.thenTold('crossing.recorded');
  expect(told.data('crossing.recorded')).toMatchObject({
    ...{ person: 'H-1', granted: false, movesPresence: false },
  });
});

test('nobody is moved where nobody knows who it was', () => {
  const told = alone({ permit: null, person: null, class: 'unidentified' });
  expect(told.data('crossing.recorded')).toMatchObject({ person: null, movesPresence: false });
});

test('whoever had no right to cross becomes a late, silent incident', () => {
  const unentitled: Partial<PersonFacts>[] = [
    { permit: null, person: null, class: 'unidentified' },
    { permit: { ...PASS, status: 'revoked' } },
    { permit: { ...PASS, validToMs: HOUR_AGO - 60_000 } },
    { permit: { ...PASS, areas: [] } },
    { permit: { ...PASS, hours: { fromMinute: 0, toMinute: 60 } } },
    { suspended: { person: false, permit: true, enterprise: false } },
    { watchlisted: true },
    { class: 'hk-resident', clearance: null },
    { class: 'roster-member' },
  ];
  for (const crossing of unentitled) {
    const told = alone(crossing).thenTold('crossing.recorded', 'incident.raised');
    const incident = told.data('incident.raised');
    expect(incident).toMatchObject({ type: 'opened-though-not-entitled', timing: 'late' });
    expect(incident).toMatchObject({ lane: 'f-in-1', crossing: 'X1-100', checkpoint: 'first-1' });
    expect(told.data('crossing.recorded').entitled).toBe(false);
  }
});

test('a full area or a place in the ledger does not make a person unentitled', () => {
  const full = { id: 'loop' as never, inside: 60, reserved: 0, soft: 50, hard: 60 };
  alone({ area: full }).thenTold('crossing.recorded');
});

test('an order that cannot be goes to a person, late and silent', () => {
  const told = alone({ presence: at('beyond-second') });
  told.thenTold('crossing.recorded', 'incident.raised');
  expect(told.data('incident.raised')).toMatchObject({
    type: 'impossible-order',
    timing: 'late',
    params: { place: 'beyond-second' },
  });
});

test('an older event fills history: its order is nobody’s business any more', () => {
  alone({ presence: at('beyond-second') }, { lastHappenedMs: NOON }).thenTold('crossing.recorded');
});

test('hours and validity are those of the moment it happened', () => {
  const hours = { fromMinute: 10 * 60, toMinute: 11 * 60 + 30 };
  alone({ permit: { ...PASS, hours } }).thenTold('crossing.recorded');
});

test('what the board opens while we listen is live: who had no right is heard at once', () => {
  const now = { deviceAtMs: NOON - 500, ageMs: 500, delivery: 'pushed', inOrder: true } as const;
  const told = alone({ watchlisted: true }, {}, now).thenTold(
    'crossing.recorded',
    'incident.raised',
  );
  expect(told.data('incident.raised').timing).toBe('live');
});

test('a board clock that is years off does not make its events the newest', () => {
  const told = alone({}, { lastHappenedMs: NOON }, { deviceAtMs: NOON + 365 * 86_400_000 });
  expect(told.data('crossing.recorded').movesPresence).toBe(false);
});
