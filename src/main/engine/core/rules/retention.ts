import { erasureId, type PersonId, type TextId } from '../../../../shared/domain/ids.ts';
import { isArea } from '../../../../shared/domain/place.ts';
import type { ErasureScope } from '../../../../shared/domain/retention.ts';
import { fail, type Result } from '../../../../shared/lib/result.ts';
import { EventList, type Moment } from '../event-list.ts';
import type { ErasureFacts } from '../facts.ts';
import type { RetentionInput } from '../input.ts';

/** Its time has come: what a class holds from before that moment is to be erased. */
export function decideRetention(input: RetentionInput, moment: Moment): EventList {
  const list = new EventList(moment);
  const { class: kept, beforeMs, basis } = input;
  order(list, moment, { class: kept, beforeMs }, { basis, reason: null });
  return list;
}

export function order(
  list: EventList,
  moment: Moment,
  scope: ErasureScope,
  why: { readonly basis: string | null; readonly reason: TextId | null },
) {
  const erasure = erasureId(moment.epoch, list.nextSeq);
  list.add('erasure.ordered', { erasure, scope, ...why });
  return erasure;
}

/**
 * Nobody is erased whom the console still needs to know: who is inside or on the way, whose case is
 * open, who holds a permit in force, whom the watch-list names.
 */
export function refuseErasure(person: PersonId, facts: ErasureFacts | null): Result<never> | null {
  if (facts === null) return fail('not-found', 'there is no such person', person);
  if ((facts.place !== null && isArea(facts.place)) || facts.underWay) {
    return fail('erase-inside', 'the person is inside the zone, or on the way', person);
  }
  if (facts.openException) return fail('erase-open-case', 'an exception of theirs waits', person);
  if (facts.permitInForce) return fail('erase-permit', 'a permit of theirs is in force', person);
  if (facts.watched) return fail('erase-watched', 'the watch-list names this person', person);
  return null;
}
