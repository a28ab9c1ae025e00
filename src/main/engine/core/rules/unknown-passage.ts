import type { CrossingId, PersonId, TextId } from '../../../../shared/domain/ids.ts';
import type { Place } from '../../../../shared/domain/place.ts';
import { fail, type Result } from '../../../../shared/lib/result.ts';
import type { EventList, Moment } from '../event-list.ts';
import type { UnknownPassage } from '../facts.ts';
import type { RequestInput } from '../input.ts';
import { raiseOddGoods } from './crossing-moves.ts';

interface PlaceTold {
  readonly person: PersonId;
  readonly place: Place;
  readonly reason: TextId;
  /** What showed where they are, if the ledger had not lost them. */
  readonly crossing?: CrossingId | undefined;
}
type Answer = Extract<RequestInput, { name: 'passage.answer' }>['input'];

/** Nobody needs to say how it ended. */
export function refuseAnswer(
  unknown: UnknownPassage | null,
  { crossing }: Answer,
): Result<never> | null {
  if (unknown !== null) return null;
  return fail('not-open', 'it is no passage of unknown end, or its end was told', crossing);
}

/**
 * A person says how a passage ended that nobody saw. Where the ledger lost somebody by it, that is
 * where they are; where it did not, only the passage is settled.
 */
export function answerPassage(
  list: EventList,
  unknown: UnknownPassage,
  { passage }: Answer,
  reason: TextId,
  moment: Moment,
): number {
  const { askedMs, crossing, from, isDoubt, lane, person, to } = unknown;
  if (isDoubt && person !== null) {
    const place = passage === 'passed' ? to : from;
    return setPlace(list, { person, place, reason }, unknown, moment);
  }
  const told = { crossing, lane, person, from, to, askedMs, passage, reason };
  const seq = list.add('passage.answered', told);
  if (passage === 'passed') raiseOddGoods(list, unknown, moment);
  return seq;
}

/**
 * Puts the ledger right about where somebody is. The passage by which it lost them is settled by
 * that where they are at one end of its lane: goods that went through with them have moved too.
 */
export function setPlace(
  list: EventList,
  { crossing, ...told }: PlaceTold,
  unknown: UnknownPassage | null,
  moment: Moment,
): number {
  const seq = list.add('presence.set', {
    ...told,
    crossing: unknown?.crossing ?? crossing ?? null,
  });
  if (unknown?.to === told.place) raiseOddGoods(list, unknown, moment);
  return seq;
}
