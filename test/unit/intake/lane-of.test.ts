import { expect, test } from 'vitest';
import { laneOf } from '../../../src/main/engine/intake/lane-of.ts';
import type { GateReport } from '../../../src/shared/domain/device-report.ts';
import { alarm, BOARD, button, door, remoteOpen, swipe } from '../core/core-facts.ts';
import { heard, inLane, noted } from './inputs.ts';

const lane = (report: GateReport) => laneOf(heard(report));

test('alarms, forced doors and fire inputs go before everything', () => {
  expect(lane(alarm('fire'))).toBe('safety');
  expect(lane(door('forced'))).toBe('safety');
  const levels = { kind: 'input-levels', board: BOARD, fire: true, forceLock: false } as const;
  expect(lane(levels)).toBe('safety');
});

test('what happens at the gates now is live', () => {
  for (const report of [swipe(), remoteOpen(), button(), door('opened'), door('closed')]) {
    expect(lane(report)).toBe('live');
  }
  const command = 'G1-1' as never;
  expect(lane({ kind: 'command', board: BOARD, command, stage: 'confirmed' })).toBe('live');
});

test('what a board kept for later waits behind everything, alarms too', () => {
  const backlog = { delivery: 'backlog' } as const;
  const reports = [
    ...[swipe(backlog), remoteOpen(backlog), button(backlog), alarm('fire', backlog)],
    ...[door('forced', backlog), door('opened', backlog)],
  ];
  for (const report of reports) expect(lane(report)).toBe('bulk');
});

test('gaps and losses stay in order with the live events behind them', () => {
  expect(lane({ kind: 'gap', board: BOARD, from: 1, to: 2 })).toBe('live');
  expect(lane({ kind: 'lost', board: BOARD, from: 1, to: 2, text: 'gone' })).toBe('live');
});

test('people’s commands and the state of boards come after the gates, ticks and notes last', () => {
  expect(laneOf(inLane.command(1))).toBe('command');
  expect(lane({ kind: 'board-state', board: BOARD, online: false })).toBe('command');
  expect(lane({ kind: 'door-mode', board: BOARD, door: 1, mode: 'held' })).toBe('command');
  expect(lane({ kind: 'clock', board: BOARD, driftMs: 1, corrected: true })).toBe('command');
  expect(laneOf({ kind: 'due' })).toBe('bulk');
  expect(laneOf(noted('console'))).toBe('bulk');
});

test('a start is settled first, and a badge at a desk is live', () => {
  expect(laneOf({ kind: 'started', started: {} as never })).toBe('safety');
  const report = { kind: 'read', reader: 'd' as never, credential: 'raw/1' as never } as const;
  expect(laneOf({ kind: 'reader', report, receivedMono: 0, receivedMs: 0 })).toBe('live');
});
