import type { TextId } from '../../../../shared/domain/ids.ts';
import { assertNever } from '../../../../shared/lib/assert.ts';
import { fail, type Result } from '../../../../shared/lib/result.ts';
import type { EventList, Moment } from '../event-list.ts';
import type { RequestFacts } from '../facts.ts';
import type { RequestInput } from '../input.ts';
import type { AreaCountFacts, CorrectionFacts } from '../people-facts.ts';
import { actOnCorrection, refuseCorrection } from './correction.ts';
import { decideDayReturn, refuseDayReturn } from './day-return.ts';
import { giveJoint, refuseJoint } from './joint.ts';
import { actOnSuspension, refuseSuspension } from './suspension.ts';
import { answerPassage, refuseAnswer } from './unknown-passage.ts';

const NAMES = [
  ...(['suspension.begin', 'suspension.end', 'day-return.decide'] as const),
  ...(['correction.ask', 'correction.confirm', 'correction.decline', 'area.count'] as const),
  ...(['joint.give', 'passage.answer'] as const),
] as const;
export type PeopleRequest = Extract<RequestInput, { name: (typeof NAMES)[number] }>;

/** True for a command on the ledger of people. */
export function isPeopleRequest(input: RequestInput): input is PeopleRequest {
  return NAMES.some((name) => name === input.name);
}

/** Why a command on the ledger of people cannot be carried out; null where it can. */
export function refusePeople(
  facts: RequestFacts,
  of: PeopleRequest,
  moment: Moment,
): Result<never> | null {
  switch (of.name) {
    case 'suspension.begin':
    case 'suspension.end':
      return refuseSuspension(facts, of);
    case 'day-return.decide':
      return refuseDayReturn(facts, of);
    case 'correction.ask':
    case 'correction.confirm':
    case 'correction.decline':
      return refuseCorrection(correctionOf(facts), of, moment);
    case 'joint.give':
      return refuseJoint(facts, of);
    case 'passage.answer':
      return refuseAnswer(facts.unknownPassage ?? null, of.input);
    case 'area.count':
      return refuseCount(facts.count ?? null, of.input);
    default:
      return assertNever(of, 'people request');
  }
}

function refuseCount(
  facts: AreaCountFacts | null,
  { area, counted }: Extract<PeopleRequest, { name: 'area.count' }>['input'],
): Result<never> | null {
  if (facts === null) return fail('not-found', 'this site has no such area', area);
  const { anonymous, named } = facts;
  if (counted === named + anonymous) {
    return fail('no-change', 'as many are in the ledger already', area);
  }
  if (counted >= named) return null;
  const told = `${named} are there by name: put right who is not, one by one, then count anew`;
  return fail('below-named', told, area);
}

/** Carries it out, refused as it was not. */
export function actOnPeople(
  list: EventList,
  facts: RequestFacts,
  of: PeopleRequest,
  reason: TextId,
  moment: Moment,
): unknown {
  switch (of.name) {
    case 'suspension.begin':
    case 'suspension.end':
      return { seq: actOnSuspension(list, of, reason) };
    case 'day-return.decide':
      return { seq: decideDayReturn(list, facts, of, reason, moment) };
    case 'correction.ask':
    case 'correction.confirm':
    case 'correction.decline':
      return actOnCorrection(list, correctionOf(facts), of, reason, moment);
    case 'joint.give':
      return { seq: giveJoint(list, of, reason) };
    case 'passage.answer': {
      const { unknownPassage } = facts;
      if (unknownPassage == null) throw new Error('an answer without its passage');
      return { seq: answerPassage(list, unknownPassage, of.input, reason, moment) };
    }
    case 'area.count': {
      if (facts.count == null) throw new Error('a head count without its area');
      const { anonymous, named } = facts.count;
      return { seq: list.add('area.counted', { ...of.input, named, anonymous, reason }) };
    }
    default:
      return assertNever(of, 'people request');
  }
}

function correctionOf({ correction }: RequestFacts): CorrectionFacts {
  if (correction === undefined) throw new Error('a correction without its facts');
  return correction;
}
