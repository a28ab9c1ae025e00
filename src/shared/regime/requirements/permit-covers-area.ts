import { isArea } from '../../domain/place.ts';
import { failed, held, type RequirementCheck } from './requirement-check.ts';

type Detail = 'no-permit' | 'not-covered';

/** The permit names the area that the crossing leads into; a way out leads into none. */
export const permitCoversArea: RequirementCheck<Detail, 'person'> = {
  is: 'permit-covers-area',
  kinds: ['person'],
  details: ['no-permit', 'not-covered'],
  check({ permit, to }) {
    if (!isArea(to)) return held;
    if (permit === null) return failed('no-permit');
    return permit.areas.includes(to) ? held : failed('not-covered', { area: to });
  },
};
