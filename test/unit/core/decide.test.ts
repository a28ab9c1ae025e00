import { expect, test } from 'vitest';
import { decide, type FactSource } from '../../../src/main/engine/core/decide.ts';
import type { Moment } from '../../../src/main/engine/core/event-list.ts';
import type { Input } from '../../../src/main/engine/core/input.ts';
import type { GateReport, SwipeEvent } from '../../../src/shared/domain/device-report.ts';
import type { ReaderId } from '../../../src/shared/domain/ids.ts';
import { COMMUTER, NOON } from '../regime/given.ts';
import {
  BOARD,
  boardEventFacts,
  door,
  laneAt,
  MOMENT,
  progressFacts,
  swipe,
  swipeFacts,
} from './core-facts.ts';

const LANE_READER = 'lane-reader' as ReaderId;

/** Facts as asked for, and at which moment the badge reads were asked about. */
function source() {
  const moments: Moment[] = [];
  const facts: FactSource = {
    swipe({ reader }: SwipeEvent, moment: Moment) {
      moments.push(moment);
      const index = reader === undefined ? {} : { index: null };
      return swipeFacts({ crossing: { ...COMMUTER, atMs: moment.wallMs }, ...index });
    },
    boardEvent: () => boardEventFacts(),
    progress: () => progressFacts(),
    boardReport: () => ({
      lanes: [],
      board: BOARD,
      fire: false,
      openIncidents: [],
      isShut: () => false,
      isOrderedOpen: () => false,
    }),
    due: () => ({ crossings: [], exceptions: [] }),
    started: () => ({ commands: [], crossings: [], exceptions: [], openIncidents: new Map() }),
    noted: () => ({ openIncidents: [], lane: () => null }),
    request: () => {
      throw new Error('nobody asked');
    },
    regimeNow: () => {
      throw new Error('nobody asked');
    },
    paper: () => {
      throw new Error('nobody asked');
    },
    sales: () => {
      throw new Error('nobody asked');
    },
    readerRead: () => null,
    musterRead: () => null,
    readerLane: (reader) =>
      reader === LANE_READER ? { ...laneAt(1), readerDirection: 'in' } : null,
  };
  return { facts, moments };
}

const told = (input: Input) => {
  const { facts } = source();
  const { list, actor, answer, text } = decide(facts, input, MOMENT);
  return { kinds: list.events.map((event) => event.kind), actor, answer, text };
};
const board = (report: GateReport, waitedMs = 0): Input => ({
  kind: 'board',
  report,
  receivedMono: MOMENT.monoMs - waitedMs,
});

test('a board speaks for itself: the board is the actor, and nobody is answered', () => {
  const { kinds, actor, answer, text } = told(board(door('closed')));
  expect(kinds).toEqual(['door.heard']);
  expect({ actor, answer, text }).toEqual({
    ...{ actor: { type: 'device', device: BOARD }, answer: null, text: null },
  });
});

test('the time an input waited here counts to the age of what it tells', () => {
  const admitted = ['crossing.asked', 'crossing.admitted', 'gate.requested'];
  expect(told(board(swipe({ ageMs: 1_000 }), 4_000)).kinds).toEqual(admitted);
  expect(told(board(swipe({ ageMs: 1_000 }), 4_001)).kinds).toEqual(['crossing.recorded']);
});

test('facts for a read that is only written down are asked for as of when it happened', () => {
  const { facts, moments } = source();
  decide(facts, board(swipe()), MOMENT);
  const past = { deviceAtMs: NOON - 7_200_000, delivery: 'backlog', inOrder: false } as const;
  decide(facts, board(swipe(past)), MOMENT);
  decide(facts, board(swipe({ granted: true, deviceAtMs: NOON - 2_000 })), MOMENT);
  expect(moments.map(({ wallMs }) => wallMs)).toEqual([NOON, NOON - 7_200_000, NOON - 2_000]);
  expect(moments.map(({ monoMs }) => monoMs)).toEqual([10_000, 10_000, 10_000]);
});

test('after a clock that ran ahead was put right, people are judged by the clock', () => {
  const { facts, moments } = source();
  const ahead = { ...MOMENT, atMs: NOON + 365 * 86_400_000 };
  const { list } = decide(facts, board(swipe()), ahead);
  expect(moments.map(({ wallMs }) => wallMs)).toEqual([NOON]);
  expect(list.events.map(({ kind }) => kind)).toContain('crossing.admitted');
});

test('every kind of report finds its rule', () => {
  const kinds = (report: GateReport) => told(board(report)).kinds;
  const command = { kind: 'command', board: BOARD, command: 'G1-52' as never } as const;
  expect(kinds({ ...command, stage: 'confirmed' })).toContain('gate.confirmed');
  expect(kinds({ kind: 'gap', board: BOARD, from: 1, to: 2 })).toContain('board.gap');
  const levels = { kind: 'input-levels', board: BOARD, fire: false, forceLock: false } as const;
  expect(kinds(levels)).toEqual(['board.inputs']);
});

test('the console itself is the actor of what time and starting bring', () => {
  expect(told({ kind: 'due' })).toMatchObject({ kinds: [], actor: { type: 'console' } });
  const started = {
    ...{ version: '0.1.0', site: 's', siteVersion: 1, regime: 'r', regimeVersion: 1 },
    ...{ schema: 1, training: false },
  };
  expect(told({ kind: 'started', started })).toMatchObject({
    ...{ kinds: ['engine.started'], actor: { type: 'console' } },
  });
});

/** A badge that a reader read so long ago. */
const read = (reader: ReaderId, waitedMs = 0): Input => ({
  ...{ kind: 'reader', receivedMono: MOMENT.monoMs - waitedMs, receivedMs: NOON - waitedMs },
  report: { kind: 'read', reader, credential: 'h10301/1/7' as never },
});

test('a read at a desk belongs to its reader', () => {
  expect(told(read('desk-1' as ReaderId))).toMatchObject({
    ...{ kinds: ['desk.read'], actor: { type: 'device', device: 'desk-1' } },
  });
});

test('a read at a lane asks to cross there: the lane’s board is to open', () => {
  const { list, actor } = decide(source().facts, read(LANE_READER), MOMENT);
  const kinds = ['crossing.asked', 'crossing.admitted', 'gate.requested'];
  expect(list.events.map(({ kind }) => kind)).toEqual(kinds);
  expect(list.events[0]?.data).toMatchObject({ board: BOARD, index: 0, reader: LANE_READER });
  expect(list.events[2]?.data).toMatchObject({ board: BOARD, door: 1, action: 'open' });
  expect(actor).toEqual({ type: 'device', device: LANE_READER });
});

test('a read at a lane that waited here for too long opens nothing and is written down', () => {
  const { list } = decide(source().facts, read(LANE_READER, 5_001), MOMENT);
  expect(list.events.map(({ kind }) => kind)).toEqual(['crossing.recorded']);
  expect(list.events[0]?.data).toMatchObject({ granted: false, timing: 'late', index: 0 });
});

test('what is noted keeps the actor who did it', () => {
  const actor = { type: 'person', user: 'u', role: 'inspector', workstation: 'w' } as const;
  const events = [{ kind: 'engine.stopped', data: { why: 'asked to stop' } }] as const;
  expect(told({ kind: 'noted', events, actor })).toMatchObject({ actor });
});
