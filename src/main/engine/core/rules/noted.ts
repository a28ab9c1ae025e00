import type { IncidentType } from '../../../../shared/domain/incident.ts';
import type { NewEvent } from '../../../../shared/journal/events.ts';
import { EventList, type Moment } from '../event-list.ts';
import type { NotedFacts } from '../facts.ts';
import type { NotedInput } from '../input.ts';
import { raise } from './incident.ts';

/** Facts that another part established; those that a person must act on become incidents. */
export function decideNoted(facts: NotedFacts, input: NotedInput, moment: Moment): EventList {
  const list = new EventList(moment);
  for (const event of input.events) {
    list.events.push(event);
    const type = incidentOf(event);
    if (type !== null) raise(list, moment, facts.openIncidents, { type });
  }
  return list;
}

function incidentOf(event: NewEvent): IncidentType | null {
  if (event.kind === 'intake.overflowed') return 'intake-overflow';
  if (event.kind !== 'centre.state') return null;
  if (event.data.state === 'fork') return 'centre-fork';
  return event.data.state === 'refused' ? 'centre-refused' : null;
}
