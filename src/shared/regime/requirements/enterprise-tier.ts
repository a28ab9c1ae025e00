import { isTierAtLeast } from '../../domain/enterprise.ts';
import { failed, held, type RequirementCheck } from './requirement-check.ts';

type Detail = 'no-enterprise' | 'not-set' | 'no-tier' | 'too-low';

/** Customs trust the consignment's enterprise at least as far as the regime's `leastTier`. */
export const enterpriseTier: RequirementCheck<Detail, 'consignment'> = {
  is: 'enterprise-tier',
  kinds: ['consignment'],
  details: ['no-enterprise', 'not-set', 'no-tier', 'too-low'],
  check({ enterprise }, { leastTier }) {
    if (leastTier === undefined) return failed('not-set');
    if (enterprise === null) return failed('no-enterprise');
    const { tier } = enterprise;
    if (tier === null) return failed('no-tier', { enterprise: enterprise.enterprise });
    if (isTierAtLeast(tier, leastTier)) return held;
    return failed('too-low', { enterprise: enterprise.enterprise, tier, least: leastTier });
  },
};
