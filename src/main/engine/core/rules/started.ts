import type { LaneId } from '../../../../shared/domain/ids.ts';
import { EventList, type Moment } from '../event-list.ts';
import type { OpenIncident, StartedFacts } from '../facts.ts';
import type { StartedInput } from '../input.ts';
import { lapse } from './crossing-moves.ts';
import { type NewIncident, raise } from './incident.ts';

/**
 * The engine came up. Commands that an earlier boot left without an outcome are unknown and never
 * sent again; crossings it left under way are unknown until a person decides. Each becomes an
 * incident, also where the site file no longer has the lane: nobody may stay reserved for ever.
 */
export function decideStarted(facts: StartedFacts, input: StartedInput, moment: Moment): EventList {
  const list = new EventList(moment);
  list.add('engine.started', input.started);
  const open = new Map<LaneId, readonly OpenIncident[]>(facts.openIncidents);
  const tell = (lane: LaneId, incident: NewIncident): void => {
    const known = open.get(lane) ?? [];
    const raised = raise(list, moment, known, incident);
    open.set(lane, [...known, { incident: raised, type: incident.type, timing: 'live' }]);
  };
  for (const { command, lane, at, board, action, crossing } of facts.commands) {
    const text = 'the console ended before the gate had answered';
    list.add('gate.unknown', { command, lane, action, text });
    const about = { at, board, crossing, params: { action, command } };
    tell(lane, { ...about, type: 'gate-command-unknown' });
  }
  const blamed = new Set(facts.commands.map((command) => command.crossing));
  for (const { at, ...movement } of facts.crossings) {
    const { crossing, lane } = movement;
    list.add('crossing.unknown', { ...movement, why: 'restarted' });
    // Where the command is unknown too, its own incident tells of this crossing.
    if (blamed.has(crossing)) continue;
    tell(lane, { at, board: at?.lane.board, crossing, type: 'passage-unknown' });
  }
  for (const exception of facts.exceptions) lapse(list, exception);
  return list;
}
