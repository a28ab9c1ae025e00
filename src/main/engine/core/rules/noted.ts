import type { GateAction } from '../../../../shared/domain/gate.ts';
import type { LaneId } from '../../../../shared/domain/ids.ts';
import type { EventData, NewEvent } from '../../../../shared/journal/events.ts';
import { EventList, type Moment } from '../event-list.ts';
import type { NotedFacts } from '../facts.ts';
import type { NotedInput } from '../input.ts';
import { type NewIncident, raise } from './incident.ts';

/** Facts that another part established; those that a person must act on become incidents. */
export function decideNoted(facts: NotedFacts, input: NotedInput, moment: Moment): EventList {
  const list = new EventList(moment);
  for (const event of input.events) {
    list.events.push(event);
    const incident = incidentOf(event);
    if (incident !== null) raise(list, moment, facts.openIncidents, incident);
    for (const { lane, action } of gatesOf(event)) blameGate(list, facts, lane, action, moment);
  }
  return list;
}

function incidentOf(event: NewEvent): NewIncident | null {
  switch (event.kind) {
    case 'intake.overflowed':
      return { type: 'intake-overflow' };
    case 'journal.log-long':
      return { type: 'log-too-long', params: { megabytes: event.data.megabytes } };
    case 'disk.space-low': {
      const { level, percent, freeMegabytes } = event.data;
      const params = { percent, megabytes: freeMegabytes };
      return { type: level === 'low' ? 'disk-space-low' : 'disk-space-very-low', params };
    }
    case 'disk.ballast-freed':
      return { type: 'disk-full', params: { megabytes: event.data.megabytes } };
    case 'centre.state':
      return centreIncident(event.data);
    default:
      return null;
  }
}

function centreIncident(told: EventData<'centre.state'>): NewIncident | null {
  switch (told.code) {
    case 'centre-second-console':
    case 'centre-epoch':
    case 'centre-upkeep':
      return { type: told.code };
    case 'centre-went-back':
      return { type: told.code, params: { seq: told.ackedSeq } };
    default:
      if (told.state === 'fork') return { type: 'centre-fork' };
      return told.state === 'refused' ? { type: 'centre-refused' } : null;
  }
}

interface GateTold {
  readonly lane: LaneId;
  readonly action: GateAction;
}

/** Gates that did not do what an emergency told them. */
function gatesOf(event: NewEvent): readonly GateTold[] {
  if (event.kind === 'emergency.not-back') return [event.data];
  if (event.kind !== 'emergency.ended') return [];
  return event.data.lanes
    .filter(({ outcome }) => DID_NOT.has(outcome))
    .map(({ lane, order }) => ({ lane, action: order }));
}

const DID_NOT: ReadonlySet<EventData<'emergency.ended'>['lanes'][number]['outcome']> = new Set([
  'failed',
  'not-reached',
]);

function blameGate(
  list: EventList,
  facts: NotedFacts,
  lane: LaneId,
  action: GateAction,
  moment: Moment,
): void {
  const noted = facts.lane(lane);
  if (noted === null) return;
  const { at, openIncidents } = noted;
  const type = 'gate-command-failed';
  const incident = { type, at, board: at.lane.board, params: { action } } as const;
  raise(list, moment, openIncidents, incident);
}
