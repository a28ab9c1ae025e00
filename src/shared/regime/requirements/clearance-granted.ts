import { minuteOf } from '../../lib/hk-time.ts';
import { failed, held, type RequirementCheck } from './requirement-check.ts';

type Detail = 'none' | 'ended';

/** The person has ordinary clearance for this line at this minute; its end is exclusive. */
export const clearanceGranted: RequirementCheck<Detail, 'person'> = {
  is: 'clearance-granted',
  kinds: ['person'],
  details: ['none', 'ended'],
  check({ clearance, atMs }) {
    if (clearance === null) return failed('none');
    if (minuteOf(atMs) >= clearance.untilMs) return failed('ended', { toMs: clearance.untilMs });
    return held;
  },
};
