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
  MOMENT,
  progressFacts,
  swipe,
  swipeFacts,
} from './core-facts.ts';

/** Facts as asked for, and at which moment the badge reads were asked about. */
function source() {
  const moments: Moment[] = [];
  const facts: FactSource = {
    swipe(_swipe: SwipeEvent, moment: Moment) {
      moments.push(moment);
      return swipeFacts({ crossing: { ...COMMUTER, atMs: moment.wallMs } });
    },
    boardEvent: () => boardEventFacts(),
    progress: () => progressFacts(),
    boardReport: () => ({ lanes: [], board: BOARD, openIncidents: [] }),
    due: () => ({ crossings: [], exceptions: [] }),
    started: () => ({ commands: [], crossings: [], exceptions: [], openIncidents: new Map() }),
    noted: () => ({ openIncidents: [], lane: () => null }),
    request: () => {
      throw new Error('nobody asked');
    },
    readerRead: () => null,
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

test('a read at a desk belongs to its reader', () => {
  const reader = 'desk-1' as ReaderId;
  const report = { kind: 'read', reader, credential: 'h10301/1/7' as never } as const;
  expect(told({ kind: 'reader', report })).toMatchObject({
    ...{ kinds: ['desk.read'], actor: { type: 'device', device: 'desk-1' } },
  });
});

test('what is noted keeps the actor who did it', () => {
  const actor = { type: 'person', user: 'u', role: 'inspector', workstation: 'w' } as const;
  const events = [{ kind: 'engine.stopped', data: { why: 'asked to stop' } }] as const;
  expect(told({ kind: 'noted', events, actor })).toMatchObject({ actor });
});
