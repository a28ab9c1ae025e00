import { expect, test } from 'vitest';
import type {
  LeftCommand,
  LeftCrossing,
  StartedFacts,
} from '../../../src/main/engine/core/facts.ts';
import { decideStarted } from '../../../src/main/engine/core/rules/started.ts';
import type { PersonId } from '../../../src/shared/domain/ids.ts';
import { given } from '../../kit/given-when-then.ts';
import {
  BOARD,
  command,
  crossing,
  laneAt,
  MOMENT,
  openIncident,
  exception as waiting,
} from './core-facts.ts';

const STARTED = {
  ...{ version: '0.1.0', site: 'small-zone', siteVersion: 1, regime: 'cma-buffer-zone' },
  ...{ regimeVersion: 1, schema: 1, training: false },
};
const LANE = laneAt(1).lane.id;

function left(changes: Partial<LeftCommand> = {}): LeftCommand {
  const { command: id, action, crossing: of } = command();
  return { command: id, lane: LANE, at: laneAt(1), board: BOARD, action, crossing: of, ...changes };
}

function under(changes: Partial<LeftCrossing> = {}): LeftCrossing {
  const { crossing: id, from, to } = crossing();
  const person = 'H-1' as PersonId;
  return { crossing: id, lane: LANE, at: laneAt(1), person, from, to, ...changes };
}

function when(facts: Partial<StartedFacts>) {
  const nothing = { commands: [], crossings: [], exceptions: [], openIncidents: new Map() };
  const input = { kind: 'started', started: STARTED } as const;
  return given({ ...nothing, ...facts }).when((all) => decideStarted(all, input, MOMENT));
}

test('a calm start says that the engine came up, with what', () => {
  expect(when({}).thenTold('engine.started').data('engine.started')).toEqual(STARTED);
});

test('a command without an outcome is unknown, an incident, and asked for no more', () => {
  const told = when({ commands: [left({ action: 'hold', crossing: null })] });
  told.thenTold('engine.started', 'gate.unknown', 'incident.raised');
  expect(told.data('gate.unknown')).toMatchObject({ command: 'G1-52', action: 'hold' });
  expect(told.data('incident.raised')).toMatchObject({
    type: 'gate-command-unknown',
    board: BOARD,
    lane: LANE,
    params: { action: 'hold', command: 'G1-52' },
  });
});

test('a referred person whose lane is gone from the site waits no more', () => {
  const { exception, crossing: of } = waiting();
  const told = when({ exceptions: [{ exception, crossing: of, waitedMs: 0 }] });
  told.thenTold('engine.started', 'exception.resolved');
  expect(told.data('exception.resolved')).toEqual({
    ...{ exception, crossing: of, outcome: 'lapsed', reason: null, waitedMs: 0 },
  });
});

test('a crossing under way is unknown; its command’s incident tells of it', () => {
  const told = when({ commands: [left()], crossings: [under()] });
  told.thenTold('engine.started', 'gate.unknown', 'incident.raised', 'crossing.unknown');
  expect(told.data('incident.raised').crossing).toBe('X1-50');
  expect(told.data('crossing.unknown')).toEqual({
    ...{ crossing: 'X1-50', lane: LANE, person: 'H-1', from: 'beyond-first', to: 'loop' },
    why: 'restarted',
  });
});

test('a crossing whose gate had opened is unknown, and a person must look', () => {
  const told = when({ crossings: [under()] });
  told.thenTold('engine.started', 'crossing.unknown', 'incident.raised');
  expect(told.data('incident.raised')).toMatchObject({
    type: 'passage-unknown',
    crossing: 'X1-50',
    board: BOARD,
  });
});

test('several at one lane are one incident, counted', () => {
  const second = command({ command: 'G1-53' as never }).command;
  const told = when({ commands: [left(), left({ command: second })] });
  told.thenTold(
    ...(['engine.started', 'gate.unknown', 'incident.raised'] as const),
    ...(['gate.unknown', 'incident.repeated'] as const),
  );
  expect(told.data('incident.repeated').incident).toBe(told.data('incident.raised').incident);
});

test('one that was open before the restart is counted on', () => {
  const openIncidents = new Map([[LANE, [openIncident('gate-command-unknown')]]]);
  const told = when({ commands: [left()], openIncidents });
  told.thenTold('engine.started', 'gate.unknown', 'incident.repeated');
});

test('a lane that the site file no longer has keeps nobody reserved for ever', () => {
  const told = when({
    commands: [left({ at: null, crossing: null })],
    crossings: [under({ at: null, crossing: crossing({ crossing: 'X1-9' as never }).crossing })],
  });
  told.thenTold(
    ...(['engine.started', 'gate.unknown', 'incident.raised'] as const),
    ...(['crossing.unknown', 'incident.raised'] as const),
  );
  expect(told.all('incident.raised').map(({ type, lane, board }) => [type, lane, board])).toEqual([
    ['gate-command-unknown', null, BOARD],
    ['passage-unknown', null, null],
  ]);
});
