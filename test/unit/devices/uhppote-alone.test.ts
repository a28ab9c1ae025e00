/** What a training board decides by itself from its settings. */
import { afterEach, expect, test } from 'vitest';
import { decodeRequest, encodeRequest } from '../../../src/shared/wire/uhppote/codec.ts';
import type { MessageName, RequestFields } from '../../../src/shared/wire/uhppote/messages.ts';
import { answer } from '../../../src/training/boards/answers.ts';
import { BoardCore } from '../../../src/training/boards/board-core.ts';

/** A Monday. */
const MORNING = Date.parse('2026-03-02T09:30:00+08:00');
const HOUR_MS = 3_600_000;
const SERIAL = 423187757;

let nowMs = MORNING;
let board: BoardCore | null = null;
afterEach(() => {
  board?.stop();
  board = null;
});

function alone() {
  nowMs = MORNING;
  const core = new BoardCore({
    ...{ serial: SERIAL, wallMs: () => nowMs, monoMs: () => 1, silenceMs: 30_000 },
    ...{ eventMemory: 256, cardCapacity: 100, openTooLongMs: 20_000 },
    ...{ onEvent: () => {}, onOpened: () => {} },
  });
  board = core;
  const place = { serial: SERIAL, address: '127.0.0.1', version: '8.92' };
  const tell = <N extends MessageName>(name: N, fields: RequestFields<N>): void => {
    const request = decodeRequest(encodeRequest(name, SERIAL, fields));
    if (!request.ok) throw new Error(request.fault.text);
    answer(request.value, core, place);
  };
  const store = (card: number, may: number, firstCard = 0): void => {
    const each = { door1: may, door2: may, door3: may, door4: may };
    tell('put-card', { card, from: '2026-01-01', to: '2026-12-31', ...each, pin: 0, firstCard });
  };
  /** The reason byte of a swipe. */
  const swipe = (door: number, card: number): number => {
    core.swipe(door, 1, card);
    return core.events.last().reason;
  };
  return { core, tell, store, swipe };
}

const always = {
  ...{ monday: true, tuesday: true, wednesday: true, thursday: true },
  ...{ friday: true, saturday: true, sunday: true },
};
const profile = {
  ...{ profile: 2, from: '2026-01-01', to: '2026-12-31', ...always },
  ...{ start1: '08:00', end1: '10:00', start2: '00:00', end2: '00:00' },
  ...{ start3: '00:00', end3: '00:00', linked: 0 },
};

test('a time profile lets through within its hours, its days, and those it is linked to', () => {
  const { tell, store, swipe } = alone();
  store(7, 2);
  expect(swipe(1, 7)).toBe(0x0f);
  tell('set-time-profile', profile);
  expect(swipe(1, 7)).toBe(0x01);
  nowMs = MORNING + HOUR_MS;
  expect(swipe(1, 7)).toBe(0x0f);
  tell('set-time-profile', { ...profile, linked: 3 });
  tell('set-time-profile', { ...profile, profile: 3, start1: '10:15', end1: '12:00', linked: 2 });
  expect(swipe(1, 7)).toBe(0x01);
  tell('set-time-profile', { ...profile, profile: 3, monday: false, linked: 2 });
  expect(swipe(1, 7)).toBe(0x0f);
  nowMs = MORNING;
  tell('clear-time-profiles', { magic: true });
  expect(swipe(1, 7)).toBe(0x0f);
});

test('anti-passback: who came in on one side must go out on the other', () => {
  const { tell, store, swipe } = alone();
  for (const card of [7, 8]) store(card, 1);
  expect([swipe(1, 7), swipe(1, 7)]).toEqual([1, 1]);
  tell('set-anti-passback', { mode: 1 });
  expect([swipe(1, 7), swipe(1, 7), swipe(1, 8), swipe(2, 7), swipe(1, 7)]).toEqual([
    1, 8, 1, 1, 1,
  ]);
  expect([swipe(3, 7), swipe(3, 7), swipe(4, 7)]).toEqual([1, 8, 1]);
  tell('set-anti-passback', { mode: 4 });
  expect([swipe(2, 9), swipe(3, 8), swipe(4, 8)]).toEqual([0x12, 1, 8]);
});

test('interlock: while one leaf stands open no other of its group opens, whoever asks', () => {
  const { core, tell, store, swipe } = alone();
  store(7, 1);
  tell('set-interlock', { doors: 1 });
  core.contactOpens(1);
  expect([swipe(2, 7), swipe(3, 7)]).toEqual([0x0c, 1]);
  tell('open-door', { door: 2 });
  expect([core.door(2).relayOn(), core.pressButton(2)]).toEqual([false, false]);
  core.contactCloses(1);
  tell('open-door', { door: 2 });
  expect(core.door(2).relayOn()).toBe(true);
});

test('a door with a first card waits for it, within its hours', () => {
  const { tell, store, swipe } = alone();
  store(7, 1);
  store(8, 1, 0b0001);
  const hours = { start: '09:00', startMode: 3, end: '10:00', endMode: 3 };
  tell('set-first-card', { door: 1, ...hours, ...always });
  expect([swipe(1, 7), swipe(1, 8), swipe(1, 7), swipe(2, 7)]).toEqual([0x0a, 1, 1, 1]);
  nowMs = MORNING + 24 * HOUR_MS;
  expect(swipe(1, 7)).toBe(0x0a);
  nowMs += HOUR_MS;
  expect(swipe(1, 7)).toBe(1);
});

test('a code opens where the keypad is on, until it is cleared', () => {
  const { core, tell } = alone();
  tell('set-passcodes', { door: 1, code1: 4321, code2: 0, code3: 1_000_000, code4: 0 });
  expect(core.enterCode(1, 4321)).toBe(false);
  tell('set-keypads', { reader1: true, reader2: true, reader3: false, reader4: false });
  expect([core.enterCode(1, 4321), core.enterCode(1, 0), core.enterCode(2, 4321)]).toEqual([
    true,
    false,
    false,
  ]);
  expect(core.enterCode(1, 1_000_000)).toBe(false);
  expect(core.events.last().reason).toBe(0x19);
  tell('set-passcodes', { door: 1, code1: 0, code2: 0, code3: 0, code4: 0 });
  expect(core.enterCode(1, 4321)).toBe(false);
});

test('a task is done at its time once it was taken up', () => {
  const { core, tell } = alone();
  const days = { from: '2026-01-01', to: '2026-12-31', ...always };
  tell('add-task', { ...days, at: '10:00', door: 1, task: 2, moreCards: 0 });
  nowMs = MORNING + HOUR_MS;
  tell('get-status', {});
  expect(core.door(1).mode).toBe(3);
  nowMs = MORNING;
  tell('refresh-tasks', { magic: true });
  tell('add-task', { ...days, at: '09:45', door: 2, task: 11, moreCards: 0 });
  tell('refresh-tasks', { magic: true });
  nowMs = MORNING + HOUR_MS;
  tell('get-status', {});
  expect([core.door(1).mode, core.pressButton(2)]).toEqual([2, false]);
  tell('restore-defaults', { magic: true });
  expect([core.door(1).mode, core.pressButton(2), core.settings.tasks]).toEqual([3, true, []]);
});
