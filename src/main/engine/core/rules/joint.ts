import type { Authority } from '../../../../shared/domain/authority.ts';
import type { TextId } from '../../../../shared/domain/ids.ts';
import { JOINT_SLOW_MS } from '../../../../shared/domain/joint-record.ts';
import { fail, type Result } from '../../../../shared/lib/result.ts';
import type { EventList, Moment } from '../event-list.ts';
import type { CrossingNow, OpenIncident, RequestFacts } from '../facts.ts';
import type { RequestInput } from '../input.ts';
import type { JointFacts } from '../people-facts.ts';
import { raise } from './incident.ts';

export type JointRequest = Extract<RequestInput, { name: 'joint.give' }>;

/** One side gives its own result of a joint inspection that is known, by somebody of that side. */
export function refuseJoint(
  { joint }: RequestFacts,
  { input: { crossing, result }, side = null }: JointRequest,
): Result<never> | null {
  if (joint?.sides == null) {
    return fail('second-side', 'this regime does not say who stands on either side', crossing);
  }
  const { first, home } = joint.sides;
  if (side !== first && side !== home) {
    return fail(
      'second-side',
      `it needs a person of ${first} or of ${home}, and you act for neither`,
    );
  }
  if (!joint.isKnown) {
    const told = 'no joint inspection is under way or was released under this number';
    return fail('not-found', told, crossing);
  }
  if (resultOf(joint, side) !== result) return null;
  return fail('no-change', `${side} has it as ${result} already`, crossing);
}

function resultOf({ given }: JointFacts, side: Authority) {
  return given.find((one) => one.side === side)?.result ?? null;
}

/** Was looked at by `refuseJoint`. */
export function giveJoint(
  list: EventList,
  { input: { crossing, result }, side }: JointRequest,
  reason: TextId,
): number {
  if (side == null) throw new Error('a result without its side');
  return list.add('joint.given', { crossing, side, result, reason });
}

/** One release is for both sides: nobody is let through whom the other side holds. */
export function refuseHeld(
  joint: JointFacts | undefined,
  own: Authority | null | undefined,
  where: string,
): Result<never> | null {
  const holds = joint?.given.find(({ result, side }) => result === 'held' && side !== own);
  if (holds === undefined) return null;
  const told = `${holds.side} holds this person: ${holds.by ?? 'an officer'} of that side releases`;
  return fail('other-side', told, where);
}

/**
 * The gate opened for somebody whom both sides inspected: where that took long from the first read,
 * the lane is told of. Counted under the same incident while that is open.
 */
export function tellSlow(
  list: EventList,
  { crossing, jointReadMs, lane: at }: CrossingNow,
  openIncidents: readonly OpenIncident[],
  moment: Moment,
): void {
  if (jointReadMs == null) return;
  const tookMs = (moment.atMs - jointReadMs) / moment.speed;
  if (tookMs <= JOINT_SLOW_MS) return;
  const params = { seconds: Math.round(tookMs / 1000), most: JOINT_SLOW_MS / 1000 };
  raise(list, moment, openIncidents, {
    ...{ type: 'joint-slow', at, board: at.lane.board, crossing, params },
  });
}
