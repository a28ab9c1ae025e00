import { NEXT_STEPS } from '../../../../shared/domain/goods-steps.ts';
import type { TextId } from '../../../../shared/domain/ids.ts';
import { taxClosed } from '../../../../shared/domain/sale.ts';
import { assertNever } from '../../../../shared/lib/assert.ts';
import { fail, type Result } from '../../../../shared/lib/result.ts';
import type { EventList, Moment } from '../event-list.ts';
import type { GoodsRequestFacts } from '../goods-facts.ts';
import type { RequestInput } from '../input.ts';
import { raise } from './incident.ts';

const NAMES = [
  'lock.report',
  'custody.record',
  'goods.record-use',
  'audit.record',
  'sale.report',
] as const;
export type GoodsRequest = Extract<RequestInput, { name: (typeof NAMES)[number] }>;

/** True for a command on goods or vehicles. */
export function isGoodsRequest(input: RequestInput): input is GoodsRequest {
  return NAMES.some((name) => name === input.name);
}

/** Why a command on goods cannot be carried out; null where it can. */
export function refuseGoods(facts: GoodsRequestFacts, of: GoodsRequest): Result<never> | null {
  switch (of.name) {
    case 'lock.report': {
      const { vehicle } = of.input;
      if (facts.vehicle !== null) return null;
      return fail('not-found', 'the vehicles in force do not name this one', vehicle);
    }
    case 'custody.record':
      return refuseStep(facts, of.input);
    case 'goods.record-use': {
      const { enterprise, hsCode, quantity, unit } = of.input;
      const rest = facts.rest ?? 0;
      if (quantity <= rest) return null;
      const told = `${enterprise} has ${rest} ${unit} of ${hsCode} here: correct the quantity`;
      return fail('over-balance', told, hsCode);
    }
    case 'audit.record': {
      const { consignment } = of.input;
      if (facts.audit === null) return fail('not-found', 'nothing was drawn for it', consignment);
      if (!facts.audit.isDrawn) return fail('not-drawn', 'it was not drawn', consignment);
      return facts.audit.isDone ? fail('no-change', 'it was audited already', consignment) : null;
    }
    case 'sale.report': {
      const { consignment, soldCents } = of.input;
      const { deferral } = facts;
      if (deferral === null) return fail('not-found', 'no tax of it is deferred', consignment);
      const left = deferral.valueCents - deferral.soldCents;
      if (soldCents <= left) return null;
      return fail('over-value', `only ${left} cents of it are unsold`, consignment);
    }
    default:
      return assertNever(of, 'goods request');
  }
}

/** What was used up or destroyed is no more; what is not here cannot be used: see `NEXT_STEPS`. */
function refuseStep(
  { item: now }: GoodsRequestFacts,
  { item, step }: Extract<GoodsRequest, { name: 'custody.record' }>['input'],
): Result<never> | null {
  if (now === null) {
    return fail('not-found', 'no line of this consignment in force is this item', item);
  }
  if (now.step === step) return fail('no-change', `its last step is ${step} already`, item);
  const next = NEXT_STEPS[now.step ?? 'none'];
  if (next.includes(step)) return null;
  if (next.length === 0) {
    return fail('not-open', `it was ${now.step}: nothing more becomes of it`, item);
  }
  const told = now.step === null ? 'it was never in custody' : `its last step is ${now.step}`;
  return fail('step-order', `${told}: what can be recorded now is ${next.join(', ')}`, item);
}

/** Carries it out, refused as it was not; returns the seq of its event. */
export function actOnGoods(
  list: EventList,
  facts: GoodsRequestFacts,
  of: GoodsRequest,
  reason: TextId,
  moment: Moment,
): number {
  switch (of.name) {
    case 'lock.report':
      return reportLock(list, of.input, reason, moment);
    case 'custody.record': {
      const { consignment, item, step } = of.input;
      const enterprise = facts.item?.enterprise ?? null;
      return list.add('custody.stepped', { consignment, item, step, enterprise, reason });
    }
    case 'goods.record-use':
      return list.add('goods.used', { ...of.input, reason });
    case 'audit.record':
      return list.add('audit.done', { ...of.input, reason });
    case 'sale.report': {
      const { crossing, consignment, soldCents } = of.input;
      if (facts.deferral === null) throw new Error('a sale without its deferral');
      const vatCents = taxClosed(facts.deferral, soldCents);
      return list.add('sale.reported', { crossing, consignment, soldCents, vatCents, reason });
    }
    default:
      return assertNever(of, 'goods request');
  }
}

function reportLock(
  list: EventList,
  { vehicle, lock, state }: Extract<GoodsRequest, { name: 'lock.report' }>['input'],
  reason: TextId,
  moment: Moment,
): number {
  const seq = list.add('lock.reported', { vehicle, lock, state, reason });
  if (state === 'locked') return seq;
  const type = state === 'tampered' ? 'lock-tampered' : 'route-broken';
  raise(list, moment, [], { type, note: reason, params: { vehicle, lock } });
  return seq;
}
