import { expect, test } from 'vitest';
import type { SwipeFacts } from '../../../src/main/engine/core/facts.ts';
import { decideSwipe } from '../../../src/main/engine/core/rules/swipe.ts';
import { OPEN_WITHIN_MS, SEND_WITHIN_MS } from '../../../src/main/engine/core/timing.ts';
import type { SwipeEvent } from '../../../src/shared/domain/device-report.ts';
import { given } from '../../kit/given-when-then.ts';
import { COMMUTER, NOON, crossing as over, PASS } from '../regime/given.ts';
import { BOARD, exception, laneAt, MOMENT, swipe, swipeFacts } from './core-facts.ts';

function when(facts: Partial<SwipeFacts>, event: Partial<SwipeEvent> = {}, queuedMs = 0) {
  return given(swipeFacts(facts)).when((all) => decideSwipe(all, swipe(event), queuedMs, MOMENT));
}

test('a commuter in order is asked, admitted, and the gate is requested in the same breath', () => {
  const told = when({}).thenTold('crossing.asked', 'crossing.admitted', 'gate.requested');
  const asked = told.data('crossing.asked');
  expect(asked).toMatchObject({ crossing: 'X1-100', lane: 'f-in-1', board: BOARD, index: 42 });
  expect(asked).toMatchObject({ person: 'H-1', timing: 'live', line: 'first', direction: 'in' });
  expect(told.event('crossing.asked').deviceAt).toBe(NOON - 1000);
  const admitted = told.data('crossing.admitted');
  expect(admitted).toMatchObject({ crossing: 'X1-100', rule: 'first-in-special-pass' });
  expect(admitted).toMatchObject({ reasons: [], exception: null, overstay: false });
  expect(admitted.obligations).toEqual(['joint-record', 'presence-day', 'due-back']);
  expect(admitted.deadlineMono).toBe(MOMENT.monoMs + OPEN_WITHIN_MS);
  const order = told.data('gate.requested');
  expect(order).toMatchObject({ command: 'G1-102', action: 'open', crossing: 'X1-100' });
  expect(order).toMatchObject({ board: BOARD, door: 1, openS: 3, reason: null });
  expect(order.deadlineMono).toBe(MOMENT.monoMs + SEND_WITHIN_MS);
});

test('each event names the one that led to it', () => {
  const told = when({});
  expect(told.event('crossing.admitted').cause).toBe(100);
  expect(told.event('gate.requested').cause).toBe(101);
});

test('the decision says what it relied on, so that the journal alone explains it', () => {
  const { relied } = when({}).data('crossing.admitted');
  expect(relied).toEqual({
    permitStatus: 'active',
    validToMs: PASS.validToMs,
    outcomes: '--------a--a-a/255s0',
    place: 'beyond-first',
    inside: 10,
    reserved: 1,
    datasets: { permits: 3, 'watch-list': 1, clearances: 1 },
  });
});

test('somebody on the watch-list is referred: an exception, and no gate is told anything', () => {
  const told = when({ crossing: { ...COMMUTER, watchlisted: true } });
  told.thenTold('crossing.asked', 'crossing.referred');
  const referred = told.data('crossing.referred');
  expect(referred.exception).toBe('E1-101');
  expect(referred.reasons.map((reason) => reason.is)).toEqual(['not-watchlisted']);
});

test('a revoked permit is refused with every reason, and no gate is told anything', () => {
  const permit = { ...PASS, status: 'revoked', areas: [] } as const;
  const told = when({ crossing: { ...COMMUTER, permit } });
  told.thenTold('crossing.asked', 'crossing.refused');
  const { reasons, exception: of } = told.data('crossing.refused');
  expect(reasons.map((reason) => reason.is)).toEqual(['permit-valid', 'permit-covers-area']);
  expect(of).toBeNull();
});

test('an unknown badge is somebody unidentified: a person must look', () => {
  const crossing = { ...COMMUTER, person: null, permit: null, class: 'unidentified' } as const;
  const told = when({ crossing, permit: null }).thenTold('crossing.asked', 'crossing.referred');
  expect(told.data('crossing.asked')).toMatchObject({ person: null, permit: null });
});

test('an expired permit opens the way out and is kept as an overstay', () => {
  const permit = { ...PASS, validToMs: NOON - 60_000 };
  const crossing = { ...COMMUTER, ...over('first', 'out'), permit };
  const told = when({ at: laneAt(2), crossing });
  told.thenTold('crossing.asked', 'crossing.admitted', 'crossing.overstay', 'gate.requested');
  expect(told.data('crossing.overstay')).toMatchObject({ person: 'H-1', area: 'loop' });
  expect(told.data('crossing.admitted').overstay).toBe(true);
});

test('an index that stands in the journal already changes nothing, however it comes again', () => {
  for (const last of [42, 43, 4_000_000_000]) {
    when({ index: { last, missing: false } }).thenNothing();
  }
  when({ index: { last: 42, missing: false } }, { granted: true }).thenNothing();
});

test('an index that was listed as missing is taken when it comes', () => {
  const told = when({ index: { last: 100, missing: true } });
  told.thenTold('crossing.asked', 'crossing.admitted', 'gate.requested');
});

test('an index beyond the next one lists what is missing before it is decided', () => {
  const told = when({ index: { last: 38, missing: false } });
  told.thenTold('board.gap', 'crossing.asked', 'crossing.admitted', 'gate.requested');
  expect(told.data('board.gap')).toEqual({ board: BOARD, from: 39, to: 41 });
  expect(told.data('crossing.asked').crossing).toBe('X1-101');
});

test('a late read is written down and opens nothing, whatever the rule would have said', () => {
  const late = [
    { delivery: 'backlog' },
    { inOrder: false },
    { ageMs: 5_001 },
  ] as const satisfies Partial<SwipeEvent>[];
  for (const event of late) {
    const told = when({}, event).thenTold('crossing.recorded');
    const recorded = told.data('crossing.recorded');
    expect(recorded).toMatchObject({ granted: false, entitled: true, movesPresence: false });
  }
  when({}, { ageMs: 1_000 }, 4_001).thenTold('crossing.recorded');
});

test('where the board opened by itself there is nothing left to decide, live or not', () => {
  const told = when({}, { granted: true, reason: 1 }).thenTold('crossing.recorded');
  expect(told.data('crossing.recorded')).toMatchObject({ granted: true, boardReason: 1 });
});

test('a door that the site gives no lane is kept as an alarm: no index may go missing', () => {
  const told = when({ at: null, crossing: null }, { door: 4 }).thenTold('board.alarm');
  expect(told.data('board.alarm')).toMatchObject({
    alarm: 'other',
    lane: null,
    index: 42,
    door: 4,
  });
  expect(told.data('board.alarm').timing).toBe('live');
});

test('a referred person who asks again has left the earlier queue', () => {
  const told = when({ openException: exception() });
  told.thenTold('exception.resolved', 'crossing.asked', 'crossing.admitted', 'gate.requested');
  expect(told.data('exception.resolved')).toEqual({
    exception: 'E1-60',
    crossing: 'X1-59',
    outcome: 'lapsed',
    reason: null,
    waitedMs: 20_000,
  });
});

test('a late read of a person who waits does not take the waiting person from the queue', () => {
  when({ openException: exception() }, { delivery: 'backlog' }).thenTold('crossing.recorded');
});
