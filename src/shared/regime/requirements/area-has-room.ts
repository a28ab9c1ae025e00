import { failed, held, type RequirementCheck, warned } from './requirement-check.ts';

type Detail = 'full' | 'near-limit';

/**
 * The area has room for one more. Crossings under way count as inside, so that two lanes cannot
 * give away the same last place. From the soft limit on it warns, at the hard limit it fails.
 */
export const areaHasRoom: RequirementCheck<Detail, 'person'> = {
  is: 'area-has-room',
  kinds: ['person'],
  details: ['full', 'near-limit'],
  check({ area }) {
    if (area === null) return held;
    const count = area.inside + area.reserved;
    if (count >= area.hard) return failed('full', { area: area.id, count, limit: area.hard });
    if (count >= area.soft) return warned('near-limit', { area: area.id, count, limit: area.soft });
    return held;
  },
};
