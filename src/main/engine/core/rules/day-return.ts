import type { TextId } from '../../../../shared/domain/ids.ts';
import { fail, type Result } from '../../../../shared/lib/result.ts';
import type { EventList, Moment } from '../event-list.ts';
import type { DayReturnDue, RequestFacts } from '../facts.ts';
import type { RequestInput } from '../input.ts';
import { raise } from './incident.ts';
import { setPlace } from './unknown-passage.ts';

type DecideRequest = Extract<RequestInput, { name: 'day-return.decide' }>;

/**
 * Told once: how many are expected back by a moment that is near, and everybody who is late, each
 * with an incident that sounds nothing. That an exit is missing says nothing of where somebody is.
 */
export function tellDayReturns(
  list: EventList,
  { overdue, soon }: DayReturnDue,
  moment: Moment,
): void {
  if (soon !== null) {
    list.add('day-return.soon', soon);
    const params = { persons: soon.persons, dueMs: soon.dueMs };
    raise(list, moment, [], { type: 'day-return-soon', timing: 'late', params });
  }
  for (const { crossing, dueMs, person } of overdue) {
    list.add('day-return.overdue', { crossing, person, dueMs });
    const about = { crossing, timing: 'late', params: { dueMs } } as const;
    raise(list, moment, [], { ...about, type: 'day-return-overdue' });
  }
}

/** There is somebody to decide on, and that was not decided so already. */
export function refuseDayReturn(
  { dayReturn = null }: RequestFacts,
  { input: { crossing, outcome } }: DecideRequest,
): Result<never> | null {
  if (dayReturn === null) return fail('not-found', 'nobody has to be back from this', crossing);
  if (!dayReturn.isOpen) return fail('not-open', 'the person is back, or decided to be', crossing);
  if (!dayReturn.isUnknown) {
    return fail('not-open', 'the person is not late yet: there is nothing to decide', crossing);
  }
  if (dayReturn.outcome !== outcome) return null;
  return fail('no-change', `it was decided already that the person ${outcome}`, crossing);
}

/** Who left is where they came from, in the ledger too. */
export function decideDayReturn(
  list: EventList,
  { dayReturn = null, unknownPassage = null }: RequestFacts,
  { input: { outcome } }: DecideRequest,
  reason: TextId,
  moment: Moment,
): number {
  if (dayReturn === null) throw new Error('a decision without its day return');
  const { back: place, crossing, person } = dayReturn;
  const seq = list.add('day-return.decided', { crossing, person, outcome, reason });
  if (outcome === 'stayed') return seq;
  // A passage that nobody saw, in or out, is answered by it as well.
  setPlace(list, { person, place, reason }, unknownPassage, moment);
  return seq;
}
