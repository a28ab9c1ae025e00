import { minuteOf } from '../../lib/hk-time.ts';
import { failed, held, type RequirementCheck } from './requirement-check.ts';

type Detail = 'no-enterprise' | 'not-registered' | 'not-yet' | 'ended';

/** The consignment's enterprise stands in the zone's register at this minute; the end exclusive. */
export const enterpriseRegistered: RequirementCheck<Detail, 'consignment'> = {
  is: 'enterprise-registered',
  kinds: ['consignment'],
  details: ['no-enterprise', 'not-registered', 'not-yet', 'ended'],
  check({ enterprise, atMs }) {
    if (enterprise === null) return failed('no-enterprise');
    const { registered, enterprise: id } = enterprise;
    if (registered === null) return failed('not-registered', { enterprise: id });
    const { fromMs, toMs } = registered;
    const minute = minuteOf(atMs);
    if (minute < minuteOf(fromMs)) return failed('not-yet', { enterprise: id, fromMs });
    if (toMs !== null && minute >= toMs) return failed('ended', { enterprise: id, toMs });
    return held;
  },
};
