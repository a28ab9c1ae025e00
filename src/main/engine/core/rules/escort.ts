import type { EventList, Moment } from '../event-list.ts';
import type { VisitorAlone } from '../people-facts.ts';
import { raise } from './incident.ts';

/**
 * Told once of each: an escorted visitor is inside, and who escorted them is not there. Where that
 * was heard of only afterwards the incident is late, and silent.
 */
export function tellAlone(list: EventList, alone: readonly VisitorAlone[], moment: Moment): void {
  for (const { area, crossing, official, person, timing } of alone) {
    list.add('visitor.alone', { person, area, official });
    const params = { area, official: official ?? '–' };
    raise(list, moment, [], { type: 'visitor-alone', crossing, timing, params });
  }
}
