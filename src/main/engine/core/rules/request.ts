import type { Authority } from '../../../../shared/domain/authority.ts';
import {
  type AreaId,
  incidentId,
  type PersonId,
  type TextId,
} from '../../../../shared/domain/ids.ts';
import { assertNever } from '../../../../shared/lib/assert.ts';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import { evaluate } from '../../../../shared/regime/evaluate.ts';
import { EventList, type Moment } from '../event-list.ts';
import type { CrossingAgain, LaneFacts, OpenException, RequestFacts } from '../facts.ts';
import type { GoodsRequestFacts } from '../goods-facts.ts';
import type { RequestInput } from '../input.ts';
import { admit } from './admit.ts';
import { asOne, drawAudits, noteParts } from './cargo.ts';
import { evacuate } from './evacuate.ts';
import { orderGate } from './gate-order.ts';
import { refuseCommand } from './gate-request.ts';
import { actOnGoods, type GoodsRequest, isGoodsRequest, refuseGoods } from './goods-request.ts';
import { raise } from './incident.ts';
import { refuseHeld } from './joint.ts';
import { type KeptText, keepText } from './keep-text.ts';
import {
  actOnLockdown,
  isLockdownRequest,
  type LockdownRequest,
  refuseLockdown,
} from './lockdown.ts';
import { actOnMuster, beginMuster, refuseMuster } from './muster.ts';
import {
  actOnPeople,
  isPeopleRequest,
  type PeopleRequest,
  refusePeople,
} from './people-request.ts';
import { changeRegime, refuseChange } from './regime-change.ts';
import { refuseBadge, replaceBadge } from './replace-badge.ts';
import { order, refuseErasure } from './retention.ts';
import { setPlace } from './unknown-passage.ts';
import {
  actOnVirtual,
  isVirtualRequest,
  refuseVirtual,
  type VirtualRequest,
} from './virtual-area.ts';

/** What the journal says of a loss that a person declared. */
const DECLARED = 'declared lost by a person';

export interface RequestDecision {
  readonly list: EventList;
  readonly answer: Result<unknown>;
  /** The typed text to keep beside its event. */
  readonly text: KeptText | null;
}

/**
 * What a person tells the console to do. Roles were checked at the door; what acts is checked here.
 */
export function decideRequest(
  facts: RequestFacts,
  input: RequestInput,
  moment: Moment,
): RequestDecision {
  const refusal = refuse(facts, input, moment);
  const list = new EventList(moment);
  if (refusal !== null) return { list, answer: refusal, text: null };
  const text = input.text === null ? null : keepText(list, input.text, moment);
  const reason = text?.id ?? null;
  return { list, answer: ok(carryOut(list, facts, input, reason, moment)), text };
}

function carryOut(
  list: EventList,
  facts: RequestFacts,
  input: RequestInput,
  reason: TextId | null,
  moment: Moment,
): unknown {
  if (isGoodsRequest(input)) {
    return { seq: actOnGoods(list, goodsOf(facts), input, required(reason), moment) };
  }
  if (isLockdownRequest(input)) {
    return actOnLockdown(list, facts, input, required(reason), moment);
  }
  if (isVirtualRequest(input)) return actOnVirtual(list, facts, input, required(reason), moment);
  if (isPeopleRequest(input)) return actOnPeople(list, facts, input, required(reason), moment);
  return act(list, facts, input, reason, moment);
}

function refuse(facts: RequestFacts, input: RequestInput, moment: Moment): Result<never> | null {
  if (isGoodsRequest(input)) return refuseGoods(goodsOf(facts), input);
  if (isLockdownRequest(input)) return refuseLockdown(facts, input);
  if (isVirtualRequest(input)) return refuseVirtual(facts, input);
  if (isPeopleRequest(input)) return refusePeople(facts, input, moment);
  switch (input.name) {
    case 'regime.enact':
    case 'regime.withdraw':
      return refuseChange(facts, input, moment);
    case 'gate.command':
      return refuseCommand(facts, input);
    case 'exception.admit':
    case 'exception.refuse': {
      const where = input.input.exception;
      if (facts.exception !== null && facts.again !== null) {
        const held = refuseHeld(facts.joint, input.side, where);
        return held ?? refuseChanged(facts.exception, facts.again);
      }
      return facts.exception === null
        ? fail('not-open', 'this exception was decided already, or lapsed', where)
        : null;
    }
    case 'incident.raise':
      return null;
    case 'zone.evacuate': {
      const { area } = input.input;
      if (area === null || facts.areas.includes(area)) return null;
      return fail('not-found', 'this site has no such area', area);
    }
    case 'muster.begin':
    case 'muster.mark':
    case 'muster.end':
      return refuseMuster(facts, input);
    case 'incident.acknowledge':
    case 'incident.resolve':
      return refuseIncident(facts, input.name, input.input.incident);
    case 'permit.suspend':
    case 'permit.reinstate': {
      const { permit } = input.input;
      if (facts.permit === null) return fail('not-found', 'there is no such permit', permit);
      const wanted = input.name === 'permit.suspend';
      return facts.permit.suspendedHere === wanted
        ? fail('no-change', `the permit is ${wanted ? '' : 'not '}suspended here already`, permit)
        : null;
    }
    case 'badge.replace':
      return refuseBadge(facts, input.input);
    case 'presence.set': {
      const { person, place } = input.input;
      if (facts.person === null) return fail('not-found', 'there is no such person', person);
      return facts.places.includes(place)
        ? null
        : fail('not-found', 'this site has no such place', place);
    }
    case 'board.declare-lost': {
      const { board } = input.input;
      if (facts.owed === null) return fail('not-found', 'there is no such board', board);
      return facts.owed.length === 0
        ? fail('no-change', 'nothing is missing from this board', board)
        : null;
    }
    case 'person.erase':
      return refuseErasure(input.input.person, facts.erasure);
    default:
      return assertNever(input, 'request');
  }
}

/**
 * A supervisor admits what the screen showed. A reason that has come since (the permit suspended or
 * run out, a watch-list entry, a full area) was not weighed: the person has to ask again.
 */
function refuseChanged(open: OpenException, again: CrossingAgain): Result<never> | null {
  if (again.crossing.laneLocked) {
    const told = `lane ${open.lane.lane.id} is locked: its gate would stay shut`;
    return fail('lane-locked', told, open.exception);
  }
  const seen = new Set(open.reasons.map((reason) => reason.is));
  const { reasons } = asOne(evaluate(again.regime, again.cargo?.vehicle ?? again.crossing));
  const fresh = reasons.filter(({ is }) => !seen.has(is));
  if (fresh.length === 0) return null;
  const names = fresh.map(({ is, detail }) => `${is}/${detail}`).join(', ');
  const text = `this has changed since the referral (${names}): let the person ask again`;
  return fail('changed', text, open.exception);
}

function refuseIncident(facts: RequestFacts, name: string, where: string): Result<never> | null {
  const state = facts.incident?.state;
  if (state === undefined) return fail('not-found', 'there is no such incident', where);
  if (state === 'resolved') return fail('not-open', 'this incident is resolved already', where);
  return name === 'incident.acknowledge' && state === 'acknowledged'
    ? fail('no-change', 'this incident is acknowledged already', where)
    : null;
}

function act(
  list: EventList,
  facts: RequestFacts,
  input: Exclude<RequestInput, GoodsRequest | LockdownRequest | PeopleRequest | VirtualRequest>,
  reason: TextId | null,
  moment: Moment,
): unknown {
  switch (input.name) {
    case 'gate.command':
      return { command: orderGate(list, lane(facts), input.input.action, reason, moment) };
    case 'exception.admit':
      return { seq: admitReferred(list, facts, input.side ?? null, reason, moment) };
    case 'exception.refuse':
      return { seq: resolve(list, facts.exception, 'refuse', reason) };
    case 'zone.evacuate':
      return evacuateAndCall(list, facts, input.input.area, required(reason), moment);
    case 'muster.begin':
      return begin(list, facts, input.input.area, required(reason), moment);
    case 'muster.mark':
    case 'muster.end':
      return { seq: actOnMuster(list, facts, input.name, required(reason)) };
    case 'regime.enact':
    case 'regime.withdraw':
      return changeRegime(list, facts, input, required(reason));
    case 'incident.raise': {
      const incident = incidentId(moment.epoch, list.nextSeq);
      const about = { at: facts.at, ...input.input, note: reason };
      raise(list, moment, [], { ...about, type: 'reported-by-person' });
      return { incident };
    }
    case 'incident.acknowledge':
    case 'incident.resolve': {
      const kind =
        input.name === 'incident.resolve' ? 'incident.resolved' : 'incident.acknowledged';
      return { seq: list.add(kind, { incident: input.input.incident, reason }) };
    }
    case 'permit.suspend':
    case 'permit.reinstate': {
      const kind = input.name === 'permit.suspend' ? 'permit.suspended' : 'permit.reinstated';
      const { permit } = input.input;
      return { seq: list.add(kind, { permit, reason: required(reason) }) };
    }
    case 'badge.replace':
      return { seq: replaceBadge(list, facts, input.input, required(reason)) };
    case 'presence.set': {
      const { person, place } = input.input;
      const told = { person, place, reason: required(reason) };
      return { seq: setPlace(list, told, facts.unknownPassage ?? null, moment) };
    }
    case 'board.declare-lost': {
      const { board } = input.input;
      const lost = facts.owed ?? [];
      const told = { board, text: DECLARED, cleared: false, reason: required(reason) };
      for (const range of lost) list.add('board.lost', { ...told, ...range });
      return { lost };
    }
    case 'person.erase':
      return erase(list, input.input.person, reason, moment);
    default:
      return assertNever(input, 'request');
  }
}

function erase(list: EventList, person: PersonId, reason: TextId | null, moment: Moment): unknown {
  return { erasure: order(list, moment, { person }, { basis: null, reason }) };
}

function lane({ at }: RequestFacts): LaneFacts {
  if (at === null) throw new Error('a gate command without its lane');
  return at;
}

/** Who was inside is called up at once; a muster that is under way goes on as it is. */
function evacuateAndCall(
  list: EventList,
  { lanes, muster }: RequestFacts,
  area: AreaId | null,
  reason: TextId,
  moment: Moment,
): unknown {
  const ordered = evacuate(list, lanes, area, reason, moment);
  if (muster !== null && muster.now === null) {
    beginMuster(list, muster, { area, why: 'evacuation', reason }, moment);
  }
  return ordered;
}

function begin(
  list: EventList,
  { muster }: RequestFacts,
  area: AreaId | null,
  reason: TextId,
  moment: Moment,
): unknown {
  if (muster === null) throw new Error('a muster without its facts');
  return { muster: beginMuster(list, muster, { area, why: 'ordered', reason }, moment) };
}

/** A person admits somebody who was referred: the crossing goes on as if the rule had admitted. */
function admitReferred(
  list: EventList,
  facts: RequestFacts,
  side: Authority | null,
  reason: TextId | null,
  moment: Moment,
): number {
  const { exception: open, again } = facts;
  if (open === null || again === null) throw new Error('an admission without its exception');
  correctPlace(list, facts, open, reason, moment);
  const { crossing, lane: at, person, permit, from, to, rule, regime, regimeVersion } = open;
  const { cargo } = again;
  const said = evaluate(again.regime, cargo?.vehicle ?? again.crossing);
  const verdict = cargo == null ? said : asOne(said);
  const decided = {
    ...{ crossing, lane: at.lane.id, person, permit, class: open.class, from, to },
    ...{ rule, regime, regimeVersion, reasons: [...open.reasons] },
    warnings: [...verdict.warnings],
    relied: reliedAgain(again, open),
    ...(side === null ? {} : { side }),
  };
  const { exception } = open;
  if (cargo != null) noteParts(list, crossing, cargo.vehicle.vehicle, said, exception);
  admit(list, { at, decided, verdict, crossing: again.crossing, exception }, moment);
  if (cargo != null) drawAudits(list, crossing, said, cargo.goods, cargo.audit, moment);
  return resolve(list, open, 'admit', reason);
}

function reliedAgain({ crossing, relied }: CrossingAgain, open: OpenException) {
  return {
    permitStatus: relied.permitStatus,
    validToMs: crossing.permit?.validToMs ?? null,
    place: open.place,
    inside: crossing.area?.inside ?? null,
    reserved: crossing.area?.reserved ?? null,
    datasets: { ...relied.datasets },
  };
}

/**
 * Who stands at this gate is on its near side, whatever the ledger thought: admitting somebody says
 * so, and stands as a correction before the crossing, so that nobody ever leaves two places.
 */
function correctPlace(
  list: EventList,
  facts: RequestFacts,
  open: OpenException,
  reason: TextId | null,
  moment: Moment,
): void {
  const { person, unknownPassage = null } = facts;
  if (person === null || person.place === null) return;
  if (person.place === open.from && !person.unknown) return;
  const { crossing, from: place } = open;
  const told = { person: person.person, place, crossing, reason: required(reason) };
  setPlace(list, told, unknownPassage, moment);
}

function resolve(
  list: EventList,
  open: OpenException | null,
  outcome: 'admit' | 'refuse',
  reason: TextId | null,
): number {
  if (open === null) throw new Error('a decision without its exception');
  const { exception, crossing, waitedMs } = open;
  const waited = { waitedMs: Math.round(waitedMs) };
  return list.add('exception.resolved', { exception, crossing, outcome, reason, ...waited });
}

function goodsOf({ goods }: RequestFacts): GoodsRequestFacts {
  if (goods === undefined) throw new Error('a command on goods without its facts');
  return goods;
}

function required(reason: TextId | null): TextId {
  if (reason === null) throw new Error('this command needs a reason');
  return reason;
}
