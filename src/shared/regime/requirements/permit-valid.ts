import { minuteOf } from '../../lib/hk-time.ts';
import { failed, held, type RequirementCheck } from './requirement-check.ts';

type Detail = 'no-permit' | 'revoked' | 'not-yet' | 'expired';

/**
 * A permit stands behind the badge and is valid at this very minute. The end is exclusive: a permit
 * valid to 18:00 admits at 17:59:59 and no longer at 18:00:00. Where a bound carries seconds, its
 * whole minute counts as valid. Suspension is `not-suspended`'s business.
 */
export const permitValid: RequirementCheck<Detail, 'person'> = {
  is: 'permit-valid',
  kinds: ['person'],
  details: ['no-permit', 'revoked', 'not-yet', 'expired'],
  check({ permit, atMs }) {
    if (permit === null) return failed('no-permit');
    if (permit.status === 'revoked') return failed('revoked');
    const minute = minuteOf(atMs);
    if (minute < minuteOf(permit.validFromMs)) {
      return failed('not-yet', { fromMs: permit.validFromMs });
    }
    if (minute >= permit.validToMs) return failed('expired', { toMs: permit.validToMs });
    return held;
  },
};
