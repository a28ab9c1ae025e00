import { expect, test } from 'vitest';
import type { OpenIncident } from '../../../src/main/engine/core/facts.ts';
import { decideNoted } from '../../../src/main/engine/core/rules/noted.ts';
import { decideReader } from '../../../src/main/engine/core/rules/reader.ts';
import type { PersonId, ReaderId } from '../../../src/shared/domain/ids.ts';
import type { NewEvent } from '../../../src/shared/journal/events.ts';
import { given } from '../../kit/given-when-then.ts';
import { MOMENT, openIncident } from './core-facts.ts';

function when(events: readonly NewEvent[], openIncidents: readonly OpenIncident[] = []) {
  const input = { kind: 'noted', events, actor: { type: 'console' } } as const;
  return given({ openIncidents }).when((all) => decideNoted(all, input, MOMENT));
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

test('a fork or a refusal at the centre needs a person; a lost line mends itself', () => {
  const fork = when([centre('fork')]).thenTold('centre.state', 'incident.raised');
  expect(fork.data('incident.raised')).toMatchObject({ type: 'centre-fork', priority: 1 });
  const refused = when([centre('refused')]).thenTold('centre.state', 'incident.raised');
  expect(refused.data('incident.raised').type).toBe('centre-refused');
  when([centre('lost')]).thenTold('centre.state');
  when([centre('connected')]).thenTold('centre.state');
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
