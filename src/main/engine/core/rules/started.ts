import { EventList, type Moment } from '../event-list.ts';
import type { StartedFacts } from '../facts.ts';
import type { StartedInput } from '../input.ts';
import { movement } from './crossing-moves.ts';
import { raise } from './incident.ts';

/**
 * The engine came up. Commands that an earlier boot left without an outcome are unknown and never
 * sent again; crossings it left under way are unknown until a person decides.
 */
export function decideStarted(facts: StartedFacts, input: StartedInput, moment: Moment): EventList {
  const list = new EventList(moment);
  list.add('engine.started', input.started);
  for (const { command, lane, action, crossing } of facts.commands) {
    const text = 'the console ended before the gate had answered';
    list.add('gate.unknown', { command, lane: lane.lane.id, action, text });
    const open = facts.openIncidents.get(lane.lane.id) ?? [];
    const about = { at: lane, board: lane.lane.board, crossing, params: { action, command } };
    raise(list, moment, open, { ...about, type: 'gate-command-unknown' });
  }
  for (const crossing of facts.crossings) {
    list.add('crossing.unknown', { ...movement(crossing), why: 'restarted' });
  }
  return list;
}
