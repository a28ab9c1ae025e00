import { expect, test } from 'vitest';
import type { BoardReportFacts } from '../../../src/main/engine/core/facts.ts';
import {
  type BoardReport,
  decideBoardReport,
} from '../../../src/main/engine/core/rules/board-report.ts';
import { given } from '../../kit/given-when-then.ts';
import { BOARD, laneAt, MOMENT, openIncident } from './core-facts.ts';

function when(report: BoardReport, facts: Partial<BoardReportFacts> = {}) {
  const lanes = [laneAt(1), laneAt(2), laneAt(3), laneAt(4)];
  return given({
    lanes,
    board: BOARD,
    fire: false,
    isShut: () => false,
    isOrderedOpen: () => false,
    openIncidents: [],
    ...facts,
  }).when((all) => decideBoardReport(all, report, MOMENT));
}

const OFFLINE = { kind: 'board-state', board: BOARD, online: false, text: 'no answer' } as const;

test('a board that answers is noted with its version', () => {
  const told = when({ kind: 'board-state', board: BOARD, online: true, version: '8.92' });
  told.thenTold('board.state');
  expect(told.data('board.state')).toEqual({
    ...{ board: BOARD, online: true, version: '8.92', text: null },
  });
});

test('a board that is silent is an incident at the checkpoint of its first lane', () => {
  const told = when(OFFLINE).thenTold('board.state', 'incident.raised');
  expect(told.data('board.state').text).toBe('no answer');
  expect(told.data('incident.raised')).toMatchObject({
    type: 'board-offline',
    checkpoint: 'first-1',
    board: BOARD,
    lane: null,
  });
});

test('a board without lanes is told of all the same', () => {
  const told = when(OFFLINE, { lanes: [] });
  expect(told.data('incident.raised').checkpoint).toBeNull();
});

test('silent again while the incident is open: counted', () => {
  const told = when(OFFLINE, { openIncidents: [openIncident('board-offline')] });
  told.thenTold('board.state', 'incident.repeated');
});

test('a clock that ran away is noted in whole ms, and told in seconds', () => {
  const told = when({ kind: 'clock', board: BOARD, driftMs: -7_499.6, corrected: true });
  told.thenTold('board.clock', 'incident.raised');
  expect(told.data('board.clock')).toEqual({ board: BOARD, driftMs: -7_500, corrected: true });
  expect(told.data('incident.raised')).toMatchObject({
    type: 'clock-drift',
    params: { seconds: -7 },
  });
});

test('missing indexes are listed and counted', () => {
  const told = when({ kind: 'gap', board: BOARD, from: 10, to: 14 });
  told.thenTold('board.gap', 'incident.raised');
  expect(told.data('incident.raised')).toMatchObject({ type: 'board-gap', params: { count: 5 } });
});

test('what can never be had is recorded as lost, with whether the board counts anew', () => {
  const lost = { kind: 'lost', board: BOARD, from: 1, to: 8, text: 'overwritten' } as const;
  const told = when(lost).thenTold('board.lost', 'incident.raised');
  expect(told.data('board.lost')).toMatchObject({ from: 1, to: 8, cleared: false });
  expect(told.data('incident.raised')).toMatchObject({ type: 'events-lost', params: { count: 8 } });
  expect(when({ ...lost, cleared: true }).data('board.lost').cleared).toBe(true);
});

test('a door mode is noted at its lane; that of a door without a lane is nobody’s', () => {
  const mode = { kind: 'door-mode', board: BOARD, mode: 'held' } as const;
  const told = when({ ...mode, door: 2 }).thenTold('gate.mode');
  expect(told.data('gate.mode')).toEqual({ board: BOARD, door: 2, lane: 'f-out-1', mode: 'held' });
  when({ ...mode, door: 2 }, { lanes: [laneAt(1)] }).thenNothing();
});

const LEVELS = { kind: 'input-levels', board: BOARD, forceLock: false } as const;

test('a fire input opens the board’s ways out and shuts its ways in, and is an incident', () => {
  const told = when({ ...LEVELS, fire: true });
  const orders = Array.from({ length: 4 }, () => 'gate.requested' as const);
  told.thenTold('board.inputs', ...orders, 'incident.raised');
  expect(told.data('incident.raised')).toMatchObject({ type: 'fire-input', priority: 1 });
  const actions = told.all('gate.requested').map(({ lane, action, crossing }) => {
    return [lane, action, crossing];
  });
  expect(actions).toEqual([
    ['f-in-1', 'lock', null],
    ['f-out-1', 'hold', null],
    ['s-in-1', 'lock', null],
    ['s-out-1', 'hold', null],
  ]);
});

test('what the site says of a lane that fails holds for a fire too', () => {
  const lanes = [laneAt(1, { onFailure: 'free' }), laneAt(2, { onFailure: 'shut' })];
  const told = when({ ...LEVELS, fire: true }, { lanes });
  expect(told.all('gate.requested').map(({ action }) => action)).toEqual(['hold', 'lock']);
});

test('a fire that goes on orders nothing again, and one that ends takes nothing back', () => {
  when({ ...LEVELS, fire: true }, { fire: true }).thenTold('board.inputs', 'incident.raised');
  when({ ...LEVELS, fire: false }, { fire: true }).thenTold('board.inputs');
  when({ ...LEVELS, fire: false, forceLock: true }).thenTold('board.inputs');
});
