import type { Authority } from '../../../../shared/domain/authority.ts';
import { type AreaId, lockdownId, type TextId } from '../../../../shared/domain/ids.ts';
import type { LockdownExits } from '../../../../shared/domain/lockdown.ts';
import type { SiteLane } from '../../../../shared/domain/site.ts';
import type { EventData } from '../../../../shared/journal/events.ts';
import { fail, type Result } from '../../../../shared/lib/result.ts';
import type { EventList, Moment } from '../event-list.ts';
import type { BoardReportFacts, LaneFacts, RequestFacts } from '../facts.ts';
import type { RequestInput } from '../input.ts';
import type { LockdownFacts, OpenLockdown } from '../lockdown-facts.ts';
import { orderGate } from './gate-order.ts';
import { raise } from './incident.ts';

export type LockdownRequest = Extract<RequestInput, { name: `lockdown.${string}` }>;

export function isLockdownRequest(input: RequestInput): input is LockdownRequest {
  return input.name.startsWith('lockdown.');
}

/** Why a person's word about a lockdown cannot be followed; null where it can. */
export function refuseLockdown(
  { areas, lockdown }: RequestFacts,
  request: LockdownRequest,
): Result<never> | null {
  if (lockdown === undefined) throw new Error('a lockdown without its facts');
  const { eachSide, now } = lockdown;
  const { side = null } = request;
  if (request.name === 'lockdown.propose') {
    const { area } = request.input;
    if (now !== null)
      return fail('lockdown-open', 'another one is open: decide that', now.lockdown);
    if (area !== null && !areas.includes(area)) {
      return fail('not-found', 'this site has no such area', area);
    }
    return refuseSide(eachSide, side);
  }
  const where = request.input.lockdown;
  if (now === null || now.lockdown !== where) {
    return fail('not-open', 'there is no such lockdown, or it is over', where);
  }
  if (request.name === 'lockdown.end') {
    if (now.state === 'in-force') return refuseSide(eachSide, side);
    const text = now.state === 'ending' ? 'its end is proposed already' : 'it has not begun';
    return fail('no-change', text, where);
  }
  if (now.state === 'in-force') return fail('no-change', 'nothing is proposed', where);
  if (request.name === 'lockdown.withdraw') return null;
  const waits = whatWaits(now);
  if (request.input.what !== waits) {
    return fail('not-what-waits', `its ${waits} waits to be confirmed: look again`, where);
  }
  if (now.proposedBy === request.actor.user) {
    return fail('second-person', 'another person must confirm what you proposed', where);
  }
  const refusal = refuseSide(eachSide, side);
  if (refusal !== null || eachSide === null) return refusal;
  // Whoever proposed under a version that asks for no sides may stand on neither.
  if (now.proposedSide === otherOf(eachSide, side)) return null;
  return fail('second-side', `${side} cannot confirm it: the other side must have proposed`, where);
}

/** What a second person is asked to confirm. */
function whatWaits({ state }: OpenLockdown): 'begin' | 'end' {
  return state === 'proposed' ? 'begin' : 'end';
}

function refuseSide(
  eachSide: LockdownFacts['eachSide'],
  side: Authority | null,
): Result<never> | null {
  if (eachSide === null || side === eachSide.first || side === eachSide.home) return null;
  const text = `it needs one person of ${eachSide.first} and one of ${eachSide.home}`;
  return fail('second-side', `${text}, and you act for neither`);
}

/** Proposes, begins, ends or takes back; was looked at by `refuseLockdown`. */
export function actOnLockdown(
  list: EventList,
  { lanes, lockdown }: RequestFacts,
  request: LockdownRequest,
  reason: TextId,
  moment: Moment,
): unknown {
  if (lockdown === undefined) throw new Error('a lockdown without its facts');
  const { eachSide, now } = lockdown;
  const { side = null } = request;
  const other = eachSide === null ? null : otherOf(eachSide, side);
  if (request.name === 'lockdown.propose') {
    const { area, exits } = request.input;
    const id = lockdownId(moment.epoch, list.nextSeq);
    list.add('lockdown.proposed', { lockdown: id, area, exits, side, other, reason });
    return { lockdown: id };
  }
  if (now === null) throw new Error('no lockdown is open');
  const { lockdown: id } = now;
  if (request.name === 'lockdown.end') {
    return { seq: list.add('lockdown.end-proposed', { lockdown: id, side, other, reason }) };
  }
  if (request.name === 'lockdown.withdraw') {
    const what = whatWaits(now);
    return { seq: list.add('lockdown.withdrawn', { lockdown: id, what, reason }) };
  }
  const { proposedBy, proposedSide } = now;
  const by = { proposedBy, proposedSide, side, reason };
  return whatWaits(now) === 'begin'
    ? { seq: begin(list, lockdown, now, lanes, by, moment) }
    : { seq: end(list, lockdown, now, lanes, by, moment) };
}

type By = Omit<EventData<'lockdown.ended'>, 'lockdown' | 'lanes'>;

/** Where a fire let people out they stay let out: a person locks those lanes once it is over. */
function begin(
  list: EventList,
  { modes, onFire }: LockdownFacts,
  { area, exits, lockdown }: OpenLockdown,
  all: readonly LaneFacts[],
  by: By,
  moment: Moment,
): number {
  const shut = all.filter(({ lane }) => shutsLane(lane, area, exits));
  const lanes = shut.map(({ lane }) => lane.id);
  const lockedBefore = lanes.filter((id) => modes.get(id) === 'locked');
  const seq = list.add('lockdown.begun', { lockdown, area, exits, lanes, lockedBefore, ...by });
  for (const at of shut) {
    if (onFire.has(at.lane.id) && at.lane.onFailure === 'free') continue;
    orderGate(list, at, 'lock', by.reason, moment);
  }
  const params = { exits, ...(area === null ? {} : { area }) };
  raise(list, moment, [], { type: 'lockdown', note: by.reason, params });
  return seq;
}

/** What a fire moved stays as it is, so does what stands open, and what was locked before. */
function end(
  list: EventList,
  { modes, onFire }: LockdownFacts,
  { lanes, lockdown, lockedBefore }: OpenLockdown,
  all: readonly LaneFacts[],
  by: By,
  moment: Moment,
): number {
  const seq = list.add('lockdown.ended', { lockdown, lanes: [...lanes], ...by });
  for (const at of all) {
    const { id } = at.lane;
    if (!lanes.includes(id) || lockedBefore.includes(id)) continue;
    if (onFire.has(id) || modes.get(id) === 'held') continue;
    orderGate(list, at, 'control', by.reason, moment);
  }
  return seq;
}

/** Ways in are shut, ways out where it was said so. An inner passage leads out of an area. */
function shutsLane(
  { direction, from, to }: SiteLane,
  area: AreaId | null,
  exits: LockdownExits,
): boolean {
  if (area === null) return direction === 'in' || exits === 'locked';
  return to === area || (from === area && exits === 'locked');
}

function otherOf(sides: NonNullable<LockdownFacts['eachSide']>, side: Authority | null): Authority {
  return side === sides.first ? sides.home : sides.first;
}

/**
 * A board that was away is told again what is shut. Where there is a fire ways out are left, and so
 * is whatever somebody had opened since: an evacuation stands above a lockdown.
 */
export function lockAgain(
  list: EventList,
  lanes: readonly LaneFacts[],
  { fire, isOrderedOpen, isShut }: Pick<BoardReportFacts, 'fire' | 'isOrderedOpen' | 'isShut'>,
  moment: Moment,
): void {
  for (const at of lanes) {
    const { id, onFailure } = at.lane;
    if (!isShut(id) || isOrderedOpen(id) || (fire && onFailure === 'free')) continue;
    orderGate(list, at, 'lock', null, moment);
  }
}
