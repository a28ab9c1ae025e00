import { assertNever } from '../../lib/assert.ts';
import type { CrossingFacts } from '../facts.ts';
import { failed, held, type Outcome, type RequirementCheck } from './requirement-check.ts';

type Detail = 'person' | 'permit' | 'vehicle' | 'consignment' | 'enterprise';

/**
 * Neither who or what crosses, nor the permit, nor the enterprise behind it is suspended. Where
 * several are, the widest is named: lifting a narrower one would not help.
 */
export const notSuspended: RequirementCheck<Detail> = {
  is: 'not-suspended',
  kinds: ['person', 'vehicle', 'consignment'],
  details: ['person', 'permit', 'vehicle', 'consignment', 'enterprise'],
  check(facts) {
    switch (facts.kind) {
      case 'person':
        if (facts.suspended.person) return failed('person');
        return facts.suspended.enterprise ? ofEnterprise(facts) : ofPermit(facts);
      case 'vehicle':
        if (facts.suspended.enterprise) return ofEnterprise(facts);
        return facts.suspended.vehicle ? failed('vehicle') : held;
      case 'consignment':
        if (facts.suspended.enterprise) return ofEnterprise(facts);
        return facts.suspended.consignment ? failed('consignment') : held;
      default:
        return assertNever(facts, 'kind');
    }
  },
};

function ofPermit({
  suspended,
  permit,
}: Extract<CrossingFacts, { kind: 'person' }>): Outcome<Detail> {
  return suspended.permit || permit?.status === 'suspended' ? failed('permit') : held;
}

function ofEnterprise(facts: CrossingFacts): Outcome<Detail> {
  return failed('enterprise', { enterprise: enterpriseOf(facts) ?? '?' });
}

function enterpriseOf(facts: CrossingFacts): string | null {
  switch (facts.kind) {
    case 'person':
      return facts.permit?.enterprise ?? null;
    case 'vehicle':
      return facts.enterprise;
    case 'consignment':
      return facts.enterprise?.enterprise ?? null;
    default:
      return assertNever(facts, 'kind');
  }
}
