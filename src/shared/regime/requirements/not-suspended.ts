import { failed, held, type RequirementCheck } from './requirement-check.ts';

type Detail = 'person' | 'permit' | 'enterprise';

/**
 * Neither the person, nor the permit, nor the enterprise behind it is suspended. Where several are,
 * the widest is named: lifting a narrower one would not help.
 */
export const notSuspended: RequirementCheck<Detail> = {
  is: 'not-suspended',
  details: ['person', 'permit', 'enterprise'],
  check({ suspended, permit }) {
    const enterprise = permit?.enterprise ?? null;
    if (suspended.person) return failed('person');
    if (suspended.enterprise) return failed('enterprise', { enterprise: enterprise ?? '?' });
    if (suspended.permit || permit?.status === 'suspended') return failed('permit');
    return held;
  },
};
