import { expect, test } from 'vitest';
import type { OpenIncident } from '../../../src/main/engine/core/facts.ts';
import { decideNoted } from '../../../src/main/engine/core/rules/noted.ts';
import { decideReader } from '../../../src/main/engine/core/rules/reader.ts';
import type { LaneId, PersonId, ReaderId } from '../../../src/shared/domain/ids.ts';
import type { EventData, NewEvent } from '../../../src/shared/journal/events.ts';
import { given } from '../../kit/given-when-then.ts';
import { BOARD, laneAt, MOMENT, openIncident } from './core-facts.ts';

function when(events: readonly NewEvent[], openIncidents: readonly OpenIncident[] = []) {
  const input = { kind: 'noted', events, actor: { type: 'console' } } as const;
  const at = laneAt(1);
  const lane = (id: string) => (id === at.lane.id ? { at, openIncidents } : null);
  return given({ openIncidents, lane }).when((all) => decideNoted(all, input, MOMENT));
}

const centre = (state: 'connected' | 'lost' | 'fork' | 'refused'): NewEvent => ({
  kind: 'centre.state',
  data: { state, code: null, text: null, ackedSeq: 5 },
});
const STOPPED: NewEvent = { kind: 'engine.stopped', data: { why: 'asked to stop' } };

test('what another part established is written as it is, in its order', () => {
  when([STOPPED, centre('lost')]).thenTold('engine.stopped', 'centre.state');
});

test('inputs that had to be turned away are an incident', () => {
  const overflow: NewEvent = { kind: 'intake.overflowed', data: { lane: 'live', dropped: 3 } };
  const told = when([overflow]).thenTold('intake.overflowed', 'incident.raised');
  expect(told.data('incident.raised')).toMatchObject({ type: 'intake-overflow', board: null });
  const again = when([overflow], [openIncident('intake-overflow')]);
  again.thenTold('intake.overflowed', 'incident.repeated');
});

test.each([
  ['low', 'disk-space-low', 3],
  ['very-low', 'disk-space-very-low', 2],
] as const)('room on the disk that is %s is an incident: %s', (level, type, priority) => {
  const data = { level, percent: 17, freeMegabytes: 900, totalMegabytes: 5_300 };
  const space: NewEvent = { kind: 'disk.space-low', data };
  const told = when([space]).thenTold('disk.space-low', 'incident.raised');
  const params = { percent: 17, megabytes: 900 };
  expect(told.data('incident.raised')).toMatchObject({ type, priority, params });
});

test('a full disk is urgent, and says how much room was made', () => {
  const freed: NewEvent = { kind: 'disk.ballast-freed', data: { megabytes: 64 } };
  const told = when([freed]).thenTold('disk.ballast-freed', 'incident.raised');
  expect(told.data('incident.raised')).toMatchObject({
    ...{ type: 'disk-full', priority: 1, params: { megabytes: 64 } },
  });
});

test('a write-ahead log that stays long is an incident that says how long', () => {
  const long: NewEvent = { kind: 'journal.log-long', data: { pages: 50_000, megabytes: 205 } };
  const told = when([long]).thenTold('journal.log-long', 'incident.raised');
  expect(told.data('incident.raised')).toMatchObject({
    ...{ type: 'log-too-long', priority: 2, params: { megabytes: 205 } },
  });
});

test('a fork or a refusal at the centre needs a person; a lost line mends itself', () => {
  const fork = when([centre('fork')]).thenTold('centre.state', 'incident.raised');
  expect(fork.data('incident.raised')).toMatchObject({ type: 'centre-fork', priority: 1 });
  const refused = when([centre('refused')]).thenTold('centre.state', 'incident.raised');
  expect(refused.data('incident.raised').type).toBe('centre-refused');
  when([centre('lost')]).thenTold('centre.state');
  when([centre('connected')]).thenTold('centre.state');
});

test.each([
  ['centre-second-console', 1, {}],
  ['centre-epoch', 2, {}],
  ['centre-went-back', 3, { seq: 5 }],
  ['centre-upkeep', 3, {}],
])('what the centre tells needs a person: %s', (code, priority, params) => {
  for (const state of ['connected', 'fork'] as const) {
    const data = { state, code, text: 'as the centre said', ackedSeq: 5 };
    const told = when([{ kind: 'centre.state', data }]).thenTold('centre.state', 'incident.raised');
    expect(told.data('incident.raised')).toMatchObject({ type: code, priority, params });
  }
});

type Outcome = EventData<'emergency.ended'>['lanes'][number]['outcome'];
const gate = { lane: laneAt(1).lane.id, order: 'lock' } as const;
const ended = (outcome: Outcome): NewEvent => ({
  kind: 'emergency.ended',
  data: {
    ...{ fromMs: 1, toMs: 2, shut: 1, freed: 0, why: 'disk full' },
    lanes: [{ ...gate, outcome }],
  },
});

test('a gate that an emergency could not shut or free is an incident with its board', () => {
  for (const outcome of ['failed', 'not-reached'] as const) {
    const told = when([ended(outcome)]).thenTold('emergency.ended', 'incident.raised');
    expect(told.data('incident.raised')).toMatchObject({
      ...{ type: 'gate-command-failed', board: BOARD, lane: gate.lane, params: { action: 'lock' } },
    });
  }
  for (const outcome of ['confirmed', 'under-way', 'unknown'] as const) {
    when([ended(outcome)]).thenTold('emergency.ended');
  }
  const again = when([ended('failed')], [openIncident('gate-command-failed')]);
  again.thenTold('emergency.ended', 'incident.repeated');
});

test('a gate that does not go back after an emergency is an incident', () => {
  const data = { lane: gate.lane, board: BOARD, action: 'control', text: 'still locked' } as const;
  const told = when([{ kind: 'emergency.not-back', data }]);
  told.thenTold('emergency.not-back', 'incident.raised');
  expect(told.data('incident.raised')).toMatchObject({
    board: BOARD,
    params: { action: 'control' },
  });
  const gone = { ...data, lane: 'gone' as LaneId };
  when([{ kind: 'emergency.not-back', data: gone }]).thenTold('emergency.not-back');
});

const reader = 'desk-1' as ReaderId;

test('a badge at a desk is a read, never a crossing', () => {
  const read = { kind: 'read', reader, credential: 'h10301/1/7' as never } as const;
  for (const person of ['H-1' as PersonId, null]) {
    const told = given(person).when((who) => decideReader(who, read, MOMENT));
    expect(told.thenTold('desk.read').data('desk.read')).toEqual({ reader, person });
  }
});

test('a reader comes and goes', () => {
  const state = { kind: 'reader-state', reader, online: true, model: 'pcProx' } as const;
  const told = given(null).when((who) => decideReader(who, state, MOMENT));
  expect(told.thenTold('reader.state').data('reader.state')).toEqual({
    ...{ reader, online: true, model: 'pcProx', serial: null, text: null },
  });
});
