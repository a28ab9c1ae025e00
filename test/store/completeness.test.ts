import { expect, onTestFinished, test } from 'vitest';
import { dailyReport } from '../../src/main/engine/reports/daily.ts';
import { reportSite } from '../../src/main/engine/reports/report-site.ts';
import { crossingId } from '../../src/shared/domain/ids.ts';
import type { EventData, EventKind, NewEvent } from '../../src/shared/journal/events.ts';
import { hkDayEnd, hkDayStart } from '../../src/shared/lib/hk-time.ts';
import { type KitJournal, kitJournal, value } from '../kit/journal-kit.ts';
import { kitSite } from '../kit/kit-site.ts';

const site = kitSite();
const [FIRST, SECOND] = site.boards.map(({ serial }) => serial);
if (FIRST === undefined || SECOND === undefined) throw new Error('two boards are needed');
const lane = site.lanes[0];
if (lane === undefined) throw new Error('a lane is needed');

/** Noon of a day of March 2026. */
const noon = (day: number) => Date.parse(`2026-03-${String(day).padStart(2, '0')}T12:00:00+08:00`);
const dayOf = (day: number) => `2026-03-${String(day).padStart(2, '0')}`;

type Add = <K extends EventKind>(kind: K, day: number, data: EventData<K>) => void;

/** A journal whose boards are on line and were heard on the 5th, when all was well. */
function zone(): KitJournal & { say: Add; because(day: number, more?: object): string[] } {
  const kit = kitJournal();
  onTestFinished(() => kit.remove());
  const say: Add = (kind, day, data) => void kit.add({ kind, data } as NewEvent, noon(day));
  for (const board of [FIRST, SECOND]) {
    say('board.state', 5, {
      board: board as typeof FIRST & string,
      online: true,
      version: null,
      text: null,
    });
    heard(say, board as typeof FIRST & string, 1, 5);
  }
  const because = (day: number, more: object = {}) => {
    const context = { site: reportSite(site), nowMs: hkDayEnd(dayOf(28)), running: true, ...more };
    return value(dailyReport(kit.segments, dayOf(day), context)).incompleteBecause;
  };
  return { ...kit, say, because };
}

function heard(say: Add, board: typeof FIRST & string, index: number, day: number): void {
  say('gate.button-pressed', day, { board, index, door: 1, lane: null, timing: 'live' });
}

/** A day on which nothing happened but that the console ran. */
function still(say: Add, day: number): void {
  say('clock.stepped', day, { fromMs: 1, toMs: 2 });
}

test('a day that is over, with nothing missing, is complete', () => {
  const { because } = zone();
  expect(because(5)).toEqual([]);
});

test('a day is not over before its last moment', () => {
  const { because } = zone();
  expect(because(5, { nowMs: hkDayEnd(dayOf(5)) - 1 })).toEqual(['day-not-over']);
  expect(because(5, { nowMs: hkDayEnd(dayOf(5)) })).toEqual([]);
  expect(because(5, { nowMs: hkDayStart(dayOf(5)) })).toEqual(['day-not-over']);
});

test('a day without any record', () => {
  const { because } = zone();
  expect(because(9)).toEqual(['no-records']);
});

test('a tool cannot tell a quiet console from a stopped one, unless something came later', () => {
  const { because, say } = zone();
  expect(because(5, { running: false })).toEqual(['records-end-early']);
  say('engine.stopped', 6, { why: 'asked to stop' });
  expect(because(5, { running: false })).toEqual([]);
});

test('a gap counts against the days its records can be of, until the last of them is in', () => {
  const { because, say } = zone();
  heard(say, FIRST, 2, 6);
  still(say, 7);
  say('board.gap', 8, { board: FIRST, from: 3, to: 5 });
  still(say, 9);
  expect([5, 6, 7, 8, 9].map((day) => because(day).length)).toEqual([0, 1, 1, 1, 0]);
  expect(because(7)).toEqual(['gaps-open']);
  heard(say, FIRST, 4, 9);
  expect(because(7)).toEqual(['gaps-open']);
  heard(say, FIRST, 3, 9);
  heard(say, FIRST, 5, 10);
  expect([5, 6, 7, 8, 9].flatMap((day) => because(day))).toEqual([]);
});

test('a gap found after another, with nothing heard between, is as old as that one', () => {
  const { because, say } = zone();
  still(say, 6);
  say('board.gap', 7, { board: FIRST, from: 2, to: 3 });
  heard(say, FIRST, 2, 8);
  heard(say, FIRST, 3, 8);
  say('board.gap', 9, { board: FIRST, from: 4, to: 6 });
  expect([5, 6, 7, 8, 9].map((day) => because(day))).toEqual(
    Array.from({ length: 5 }, () => ['gaps-open']),
  );
});

test('lost records never come: their days stay incomplete, also when the board begins anew', () => {
  const { because, say } = zone();
  say('board.gap', 6, { board: FIRST, from: 2, to: 9 });
  say('board.lost', 7, { board: FIRST, from: 2, to: 4, text: 'overwritten', cleared: false });
  expect(because(5)).toEqual(['gaps-open', 'events-lost']);
  say('board.lost', 8, { board: FIRST, from: 5, to: 9, text: 'erased', cleared: true });
  expect([5, 6, 7, 8].map((day) => because(day))).toEqual(
    Array.from({ length: 4 }, () => ['events-lost']),
  );
  heard(say, FIRST, 1, 9);
  expect(because(9)).toEqual([]);
});

test('a board that is silent may hold records of every day since', () => {
  const { because, say } = zone();
  const state = { board: FIRST, version: null, text: null };
  still(say, 6);
  say('board.state', 7, { ...state, online: false });
  say('board.state', 8, { ...state, online: false });
  expect([6, 7, 8].map((day) => because(day))).toEqual([
    [],
    ['boards-offline'],
    ['boards-offline'],
  ]);
  say('board.state', 9, { ...state, online: true });
  expect([6, 7, 8].flatMap((day) => because(day))).toEqual([]);
});

test('a board of the site that was never heard may hold records of any day', () => {
  const { because } = zone();
  const wider = { ...reportSite(site), boards: [...site.boards.map((b) => b.serial), '423100009'] };
  expect(because(5, { site: wider })).toEqual(['boards-offline']);
  expect(because(5, { site: { ...wider, boards: null } })).toEqual([]);
});

test('dropped inputs, and a centre that does not hold the day yet', () => {
  const { because, say, db } = zone();
  say('intake.overflowed', 6, { lane: 'bulk', dropped: 3 });
  expect(because(6)).toEqual(['inputs-dropped']);
  expect(because(5)).toEqual([]);
  db.exec("INSERT INTO reader_cursor (name, seq) VALUES ('centre', 4)");
  expect(because(5)).toEqual([]);
  expect(because(6)).toEqual(['inputs-dropped', 'centre-behind']);
});

test('a passage nobody knows of, until a person settles it', () => {
  const { because, say } = zone();
  const person = 'P-1' as EventData<'crossing.unknown'>['person'] & string;
  const crossing = ask(say, 6, 5, person);
  const { id, from, to } = lane;
  say('crossing.unknown', 7, { crossing, lane: id, person, from, to, why: 'gate-silent' });
  expect(because(6)).toEqual(['unknown-passages']);
  expect(because(7)).toEqual([]);
  const reason = 'T1-1' as EventData<'presence.set'>['reason'];
  say('presence.set', 8, { person, place: to, crossing, reason });
  expect(because(6)).toEqual([]);
});

test('a referred person who still waits, until somebody decides', () => {
  const { because, say } = zone();
  const person = 'P-1' as EventData<'crossing.referred'>['person'] & string;
  const crossing = ask(say, 6, 5, person);
  const exception = 'E1-6' as EventData<'crossing.referred'>['exception'];
  const { id, from, to } = lane;
  say('crossing.referred', 6, {
    ...{ crossing, lane: id, person, permit: null, class: 'hk-resident', from, to, exception },
    ...{ rule: 'p1', regime: 'cma-buffer-zone', regimeVersion: 1, reasons: [], warnings: [] },
    relied: {
      ...{ permitStatus: null, validToMs: null, place: null },
      ...{ inside: null, reserved: null, datasets: {} },
    },
  });
  expect(because(6)).toEqual(['exceptions-waiting']);
  const outcome = { exception, crossing, outcome: 'lapsed', reason: null, waitedMs: 9 } as const;
  say('exception.resolved', 8, outcome);
  expect(because(6)).toEqual([]);
});

test('things that are in custody when the day ends, whatever becomes of them later', () => {
  const { because, say } = zone();
  const item = { consignment: 'C-1', item: 'IT-1', enterprise: 'E-1', reason: 'T1-1' };
  const step = (day: number, of: 'in' | 'destroyed') =>
    say('custody.stepped', day, { ...item, step: of } as unknown as EventData<'custody.stepped'>);
  step(6, 'in');
  step(8, 'destroyed');
  expect([5, 6, 7, 8].map((day) => because(day))).toEqual([
    [],
    ['custody-open'],
    // Nothing was written on it, and the thing stood open still.
    ['no-records', 'custody-open'],
    [],
  ]);
});

function ask(say: Add, day: number, seq: number, person: string) {
  const crossing = crossingId(1, seq);
  const { id, checkpoint, direction, from, to, board } = lane as NonNullable<typeof lane>;
  say('crossing.asked', day, {
    ...{ crossing, lane: id, checkpoint, line: 'first', direction, from, to, board, index: 2 },
    credential: 'raw/1' as EventData<'crossing.asked'>['credential'],
    ...{ person: person as never, permit: null, class: 'hk-resident', timing: 'live' },
  });
  return crossing;
}
