import { expect, test } from 'vitest';
import type { BoardEventFacts, CrossingNow } from '../../../src/main/engine/core/facts.ts';
import {
  decideBoardEvent,
  type OtherBoardEvent,
} from '../../../src/main/engine/core/rules/board-event.ts';
import { PASSAGE_MS } from '../../../src/main/engine/core/timing.ts';
import { given } from '../../kit/given-when-then.ts';
import { NOON } from '../regime/given.ts';
import {
  alarm,
  BOARD,
  boardEventFacts,
  button,
  crossing,
  door,
  laneAt,
  MOMENT,
  openIncident,
  remoteOpen,
  unseen,
} from './core-facts.ts';

function when(event: OtherBoardEvent, facts: Partial<BoardEventFacts> = {}, queuedMs = 0) {
  return given(boardEventFacts(facts)).when((all) =>
    decideBoardEvent(all, event, queuedMs, MOMENT),
  );
}

const opened = (passage: 'sensor' | 'door' | 'relay') =>
  crossing({ state: 'opened', lane: laneAt(1, { passage }) });

test('the door opens for an admitted person: the gate opened, and the person passed', () => {
  const told = when(door('opened'), { crossing: crossing() });
  told.thenTold('door.heard', 'crossing.opened', 'crossing.passed');
  expect(told.data('door.heard')).toMatchObject({ state: 'opened', crossing: 'X1-50' });
  expect(told.data('crossing.opened').shownBy).toBe('door');
  expect(told.data('crossing.passed')).toEqual({
    crossing: 'X1-50',
    lane: 'f-in-1',
    person: 'H-1',
    from: 'beyond-first',
    to: 'loop',
    shownBy: 'door',
    line: 'first',
    direction: 'in',
    checkpoint: 'first-1',
    class: 'special-pass',
    movesPresence: true,
    timing: 'live',
  });
  expect(told.event('crossing.passed').deviceAt).toBe(NOON - 1000);
});

test('passed though the ledger has the person elsewhere: somebody must look at that order', () => {
  const lent = { from: 'loop', to: 'beyond-first', place: 'beyond-second' } as const;
  const who = crossing(lent as Partial<CrossingNow>);
  const told = when(door('opened'), { crossing: who });
  told.thenTold('door.heard', 'crossing.opened', 'crossing.passed', 'incident.raised');
  expect(told.data('incident.raised')).toMatchObject({
    type: 'impossible-order',
    timing: 'live',
    crossing: 'X1-50',
    params: { place: 'beyond-second', from: 'loop' },
  });
  const usual = when(door('opened'), { crossing: crossing({ place: 'beyond-first' }) });
  usual.thenTold('door.heard', 'crossing.opened', 'crossing.passed');
});

test('where the relay was seen before the door, the door alone says that the person passed', () => {
  for (const passage of ['door', 'sensor'] as const) {
    const told = when(door('opened'), { crossing: opened(passage) });
    told.thenTold('door.heard', 'crossing.passed');
    expect(told.data('crossing.passed').shownBy).toBe(passage);
  }
});

test('where the site says that the relay tells of passages, a door contact tells of none', () => {
  when(door('opened'), { crossing: opened('relay') }).thenTold('door.heard');
  const admitted = crossing({ lane: laneAt(1, { passage: 'relay' }) });
  when(door('opened'), { crossing: admitted }).thenTold('door.heard');
});

test('a door that opens or closes with nobody under way is heard, no more', () => {
  when(door('opened')).thenTold('door.heard');
  when(door('closed'), { crossing: crossing() }).thenTold('door.heard');
});

test('through a gate that stands open somebody went whom nobody can name', () => {
  const told = when(door('opened'), { isHeld: true }).thenTold('door.heard', 'passage.unnamed');
  expect(told.data('passage.unnamed')).toEqual({
    ...{ board: BOARD, index: 42, door: 1, lane: 'f-in-1', checkpoint: 'first-1', line: 'first' },
    ...{ direction: 'in', from: 'beyond-first', to: 'loop' },
  });
  expect(told.event('passage.unnamed').deviceAt).toBe(NOON - 1000);
  // Whoever asked has a name, and a leaf that shuts is nobody.
  const named = { isHeld: true, crossing: crossing() };
  when(door('opened'), named).thenTold('door.heard', 'crossing.opened', 'crossing.passed');
  when(door('closed'), { isHeld: true }).thenTold('door.heard');
  const at = laneAt(1, { passage: 'relay' });
  when(door('opened'), { isHeld: true, at }).thenTold('door.heard');
});

test('what is told late counts by how the gate stood then, and led then', () => {
  const late = { delivery: 'backlog', inOrder: false } as const;
  const then = laneAt(2);
  const held = { at: then, namedMs: null };
  // Whoever is on the way now, and how the gate stands now, say nothing of then.
  for (const isHeld of [true, false]) {
    const facts = { isHeld, heldThen: held, crossing: crossing() };
    const told = when(door('opened', late), facts).thenTold('door.heard', 'passage.unnamed');
    const { direction, from, id: lane, to } = then.lane;
    const where = { lane, direction, from, to };
    expect(told.data('passage.unnamed')).toMatchObject({ ...where, timing: 'late' });
    expect(told.event('passage.unnamed').deviceAt).toBe(NOON - 1000);
  }
  when(door('opened', late), { isHeld: true }).thenTold('door.heard');
  when(door('closed', late), { heldThen: held }).thenTold('door.heard');
  const relay = { at: laneAt(1, { passage: 'relay' }), namedMs: null };
  when(door('opened', late), { heldThen: relay }).thenTold('door.heard');
  const seen = { heldThen: held, unseen: unseen() };
  when(door('opened', late), seen).thenTold('door.heard', 'crossing.passed');
});

test('whom the board let in by their badge before has a name, late and live', () => {
  const late = { delivery: 'backlog', inOrder: false } as const;
  const named = (agoMs: number) => ({ at: laneAt(1), namedMs: NOON - 1000 - agoMs });
  for (const [what, isHeld] of [[late, false] as const, [{}, true] as const]) {
    const leaf = door('opened', what);
    when(leaf, { isHeld, heldThen: named(0) }).thenTold('door.heard');
    when(leaf, { isHeld, heldThen: named(PASSAGE_MS) }).thenTold('door.heard');
    const others = [named(PASSAGE_MS + 1), named(-1)];
    for (const heldThen of others) {
      when(leaf, { isHeld, heldThen }).thenTold('door.heard', 'passage.unnamed');
    }
  }
});

test('a door forced, or open too long, is an incident at once', () => {
  const types = { forced: 'door-forced', 'open-too-long': 'door-open-too-long' } as const;
  for (const state of ['forced', 'open-too-long'] as const) {
    const told = when(door(state)).thenTold('door.heard', 'incident.raised');
    const incident = told.data('incident.raised');
    expect(incident).toMatchObject({ type: types[state], timing: 'live', lane: 'f-in-1' });
    expect(incident).toMatchObject({ board: BOARD, checkpoint: 'first-1', incident: 'I1-101' });
  }
});

test('one more than were let through is an incident, and lets nobody pass in the ledger', () => {
  const told = when(door('followed'), { crossing: opened('sensor') });
  told.thenTold('door.heard', 'incident.raised');
  expect(told.data('incident.raised')).toMatchObject({ type: 'door-followed', priority: 2 });
});

test('a forced door lets nobody pass in the ledger, even while somebody is admitted there', () => {
  when(door('forced'), { crossing: crossing() }).thenTold('door.heard', 'incident.raised');
});

test('the same again while the incident is open is counted, not raised anew', () => {
  const openIncidents = [openIncident('door-forced'), openIncident('tamper')];
  const told = when(door('forced'), { openIncidents });
  told.thenTold('door.heard', 'incident.repeated');
  expect(told.data('incident.repeated')).toEqual({ incident: 'I1-7', timing: 'live' });
});

test('a live alarm is raised beside a late one that is still open: that one is silent', () => {
  const openIncidents = [openIncident('door-forced', { timing: 'late' })];
  const told = when(door('forced'), { openIncidents });
  told.thenTold('door.heard', 'incident.raised');
  expect(told.data('incident.raised').timing).toBe('live');
  const late = { delivery: 'backlog', inOrder: false } as const;
  when(door('forced', late), { openIncidents }).thenTold('door.heard', 'incident.repeated');
});

test('fire, threat and tamper are incidents; power and reset are kept', () => {
  const types = { fire: 'fire-input', threat: 'tamper', tamper: 'tamper' } as const;
  for (const which of ['fire', 'threat', 'tamper'] as const) {
    const told = when(alarm(which)).thenTold('board.alarm', 'incident.raised');
    expect(told.data('incident.raised')).toMatchObject({ type: types[which], timing: 'live' });
  }
  for (const which of ['power-on', 'reset', 'other'] as const) {
    when(alarm(which)).thenTold('board.alarm');
  }
});

test('an alarm of a door without a lane is kept and raised at its board', () => {
  const told = when(alarm('fire', { door: 4 }), { at: null });
  told.thenTold('board.alarm', 'incident.raised');
  expect(told.data('incident.raised')).toMatchObject({ lane: null, board: BOARD });
});

test('the board’s own second event is joined to the crossing that it opened for', () => {
  const told = when(remoteOpen(), { crossing: crossing() }).thenTold('gate.remote-opened');
  expect(told.data('gate.remote-opened')).toMatchObject({ crossing: 'X1-50', granted: true });
  expect(when(remoteOpen()).data('gate.remote-opened').crossing).toBeNull();
});

test('what another program or a code opened is no crossing of ours, and raised', () => {
  const under = { crossing: crossing() };
  const told = when(remoteOpen({ by: 'usb-reader' }), under);
  told.thenTold('gate.remote-opened', 'incident.raised');
  expect(told.data('gate.remote-opened')).toMatchObject({ crossing: null, by: 'usb-reader' });
  for (const data of [told, when(alarm('code'))].map((one) => one.data('incident.raised'))) {
    expect(data).toMatchObject({ type: 'opened-though-not-entitled', timing: 'live' });
  }
});

test('a button pressed is kept with its lane', () => {
  const told = when(button()).thenTold('gate.button-pressed');
  expect(told.data('gate.button-pressed')).toMatchObject({ lane: 'f-in-1', timing: 'live' });
});

test('late: nothing opens, nobody passes, and an incident is late and silent', () => {
  const late = { delivery: 'backlog', inOrder: false, ageMs: 3_600_000 } as const;
  const under = { crossing: crossing() };
  const heard = when(door('opened', late), under).thenTold('door.heard');
  expect(heard.data('door.heard')).toMatchObject({ timing: 'late', crossing: null });
  const joined = when(remoteOpen(late), under).data('gate.remote-opened');
  expect(joined.crossing).toBeNull();
  for (const event of [door('forced', late), door('open-too-long', late), alarm('fire', late)]) {
    expect(when(event, under).data('incident.raised').timing).toBe('late');
  }
});

const LATE = { delivery: 'backlog', inOrder: false, ageMs: 20_000 } as const;

test('a late opening inside the time of a crossing that nobody saw end: that person passed', () => {
  for (const state of ['unknown', 'opened'] as const) {
    const under = state === 'opened' ? { crossing: crossing({ state }) } : {};
    const facts = { ...under, unseen: unseen({ crossing: crossing({ state }) }) };
    const told = when(door('opened', { ...LATE, deviceAtMs: NOON + 2_000 }), facts);
    told.thenTold('door.heard', 'crossing.passed');
    expect(told.data('door.heard')).toMatchObject({ timing: 'late', crossing: 'X1-50' });
    expect(told.data('crossing.passed')).toMatchObject({
      ...{ crossing: 'X1-50', person: 'H-1', shownBy: 'door', timing: 'late' },
      movesPresence: true,
    });
    expect(told.event('crossing.passed').deviceAt).toBe(NOON + 2_000);
  }
});

test('the person’s last known event is newer than a late passage: it fills history only', () => {
  const late = door('opened', { ...LATE, deviceAtMs: NOON + 2_000 });
  const moves = (lastHappenedMs: number) =>
    when(late, { unseen: unseen({ lastHappenedMs }) }).data('crossing.passed').movesPresence;
  expect(moves(NOON + 2_001)).toBe(false);
  expect(moves(NOON + 2_000)).toBe(true);
  expect(moves(NOON - 1000)).toBe(true);
});

test('a late opening outside that time, or where the relay tells, is heard, no more', () => {
  for (const deviceAtMs of [NOON - 1001, NOON + PASSAGE_MS + 1]) {
    when(door('opened', { ...LATE, deviceAtMs }), { unseen: unseen() }).thenTold('door.heard');
  }
  const at = laneAt(1, { passage: 'relay' });
  when(door('opened', { ...LATE, deviceAtMs: NOON }), { at, unseen: unseen() }).thenTold(
    'door.heard',
  );
  when(door('closed', { ...LATE, deviceAtMs: NOON }), { unseen: unseen() }).thenTold('door.heard');
});

test('a live opening after the deadline, with nobody else under way, settles it likewise', () => {
  const event = door('opened', { deviceAtMs: NOON + 9_000 });
  const told = when(event, { unseen: unseen() }).thenTold('door.heard', 'crossing.passed');
  expect(told.data('crossing.passed').timing).toBe('live');
  const next = { unseen: unseen(), crossing: crossing({ crossing: 'X1-90' as never }) };
  const other = when(event, next).thenTold('door.heard', 'crossing.opened', 'crossing.passed');
  expect(other.data('crossing.passed').crossing).toBe('X1-90');
});

test('an event that waited too long at our own door is late', () => {
  when(door('opened'), { crossing: crossing() }, 5_000).thenTold('door.heard');
});

test('a repeat changes nothing; a jump lists what is missing first', () => {
  when(door('forced'), { index: { last: 42, missing: false } }).thenNothing();
  const told = when(door('closed'), { index: { last: 39, missing: false } });
  told.thenTold('board.gap', 'door.heard');
  expect(told.data('board.gap')).toEqual({ board: BOARD, from: 40, to: 41 });
});
