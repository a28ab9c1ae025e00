import { decimalText, isAmount } from '../../lib/money.ts';
import type { ConsignmentFacts } from '../consignment-facts.ts';
import type { RegimeSettings } from '../regime-shape.ts';
import { failed, held, type Outcome, type RequirementCheck } from './requirement-check.ts';

type Detail =
  | 'not-set'
  | 'not-known'
  | 'used-up'
  | 'no-enterprise'
  | 'no-value'
  | 'other-currency'
  | 'too-much';

/**
 * Something is left of what a person (crossings) or an enterprise (the value of goods) may do in
 * the period of this moment, by what the ledger has counted since it began.
 */
export const withinAllowance: RequirementCheck<Detail, 'person' | 'consignment'> = {
  is: 'within-allowance',
  kinds: ['person', 'consignment'],
  details: [
    ...(['not-set', 'not-known', 'used-up', 'no-enterprise', 'no-value'] as const),
    ...(['other-currency', 'too-much'] as const),
  ],
  check(facts, { enterpriseAllowance, personAllowance }) {
    if (facts.kind === 'consignment') return ofGoods(facts, enterpriseAllowance);
    if (personAllowance === undefined) return failed('not-set');
    const { allowanceUsed: used } = facts;
    if (used == null) return failed('not-known');
    const { crossings } = personAllowance;
    return used < crossings ? held : failed('used-up', { used, crossings });
  },
};

function ofGoods(
  { allowanceUsed: used, currency, enterprise, valueCents }: ConsignmentFacts,
  terms: RegimeSettings['enterpriseAllowance'],
): Outcome<Detail> {
  if (terms === undefined) return failed('not-set');
  if (enterprise === null) return failed('no-enterprise');
  if (valueCents === null || !isAmount(valueCents)) return failed('no-value');
  if (currency !== terms.currency) return failed('other-currency', { currency: terms.currency });
  if (used == null) return failed('not-known');
  const left = Math.max(0, terms.valueCents - used);
  if (valueCents <= left) return held;
  return failed('too-much', { left: decimalText(left), currency: terms.currency });
}
