import { expect, test } from 'vitest';
import type { ProgressFacts } from '../../../src/main/engine/core/facts.ts';
import { decideProgress } from '../../../src/main/engine/core/rules/command-progress.ts';
import type { CommandProgress } from '../../../src/shared/domain/device-report.ts';
import { given } from '../../kit/given-when-then.ts';
import {
  BOARD,
  command,
  crossing,
  laneAt,
  MOMENT,
  openIncident,
  progressFacts,
} from './core-facts.ts';

type Stage = CommandProgress['stage'];

function when(
  stage: Stage,
  facts: Partial<ProgressFacts> = {},
  more: Partial<CommandProgress> = {},
) {
  const progress = { kind: 'command', board: BOARD, command: command().command, stage } as const;
  return given(progressFacts(facts)).when((all) =>
    decideProgress(all, { ...progress, ...more }, MOMENT),
  );
}

/** A person's command, which belongs to no crossing. */
const BY_HAND = { command: command({ crossing: null, action: 'hold' }), crossing: null } as const;

test('sent is not written down; accepted only where a person waits for it', () => {
  when('sent').thenNothing();
  when('accepted').thenNothing();
  when('accepted', BY_HAND).thenTold('gate.accepted');
});

test('confirmed by what the gate shows: the crossing is opened, not yet passed', () => {
  const told = when('confirmed', {}, { shownBy: 'relay' });
  told.thenTold('gate.confirmed', 'crossing.opened');
  expect(told.data('gate.confirmed')).toMatchObject({ command: 'G1-52', shownBy: 'relay' });
  expect(told.data('crossing.opened')).toMatchObject({ crossing: 'X1-50', shownBy: 'relay' });
});

test('where the relay tells of passages, confirmed means passed', () => {
  const lane = laneAt(1, { passage: 'relay' });
  const told = when('confirmed', { command: command({ lane }), crossing: crossing({ lane }) });
  told.thenTold('gate.confirmed', 'crossing.opened', 'crossing.passed');
  expect(told.data('crossing.passed')).toMatchObject({ shownBy: 'relay', movesPresence: true });
});

test('confirmed after the door was heard opens nobody a second time', () => {
  for (const state of ['opened', 'passed', 'not-taken', 'unknown'] as const) {
    when('confirmed', { crossing: crossing({ state }) }).thenTold('gate.confirmed');
  }
});

test('failed and expired: the crossing was not taken, and a person hears of it', () => {
  const ends = { failed: 'command-failed', expired: 'command-expired' } as const;
  for (const stage of ['failed', 'expired'] as const) {
    const told = when(stage, {}, { text: 'the board refused' });
    told.thenTold(`gate.${stage}`, 'crossing.not-taken', 'incident.raised');
    expect(told.data(`gate.${stage}`).text).toBe('the board refused');
    expect(told.data('crossing.not-taken').why).toBe(ends[stage]);
    expect(told.data('incident.raised')).toMatchObject({
      type: `gate-command-${stage}`,
      timing: 'live',
      crossing: 'X1-50',
      board: BOARD,
      params: { action: 'open', command: 'G1-52' },
    });
  }
});

test('unknown: the passage is unknown until a person decides, and an incident says so', () => {
  const told = when('unknown').thenTold('gate.unknown', 'crossing.unknown', 'incident.raised');
  expect(told.data('crossing.unknown')).toMatchObject({ why: 'gate-silent', from: 'beyond-first' });
  expect(told.data('incident.raised').type).toBe('gate-command-unknown');
});

test('unknown after the door was heard doubts nobody’s passage', () => {
  for (const state of ['opened', 'passed'] as const) {
    const told = when('unknown', { crossing: crossing({ state }) });
    told.thenTold('gate.unknown', 'incident.raised');
  }
});

test('a person’s command that fails becomes an incident without a crossing', () => {
  const told = when('failed', BY_HAND).thenTold('gate.failed', 'incident.raised');
  expect(told.data('incident.raised')).toMatchObject({
    crossing: null,
    params: { action: 'hold' },
  });
});

test('a failure while the same is still open is counted', () => {
  const openIncidents = [openIncident('gate-command-failed')];
  const told = when('failed', { ...BY_HAND, openIncidents });
  told.thenTold('gate.failed', 'incident.repeated');
});

test('a final outcome stands, whatever a late reply says', () => {
  for (const stage of ['confirmed', 'failed', 'expired', 'unknown'] as const) {
    for (const then of ['sent', 'accepted', 'confirmed', 'failed', 'expired', 'unknown'] as const) {
      when(then, { command: command({ stage }) }).thenNothing();
    }
  }
});

test('progress of a command that nobody gave (an emergency’s own) is nothing to write', () => {
  when('confirmed', { command: null, crossing: null }).thenNothing();
});
