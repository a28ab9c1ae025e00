import { isArea } from '../../domain/place.ts';
import { failed, held, type RequirementCheck } from './requirement-check.ts';

type Detail = 'crossing-under-way' | 'unknown-place' | 'already-inside' | 'elsewhere';

/**
 * Anti-passback over both lines: the ledger has the person where the lane begins, so that nobody is
 * in two places. Somebody never seen may come from beyond either line, but is not taken to be
 * inside an area; and while one crossing is under way a second cannot begin.
 */
export const notAlreadyInside: RequirementCheck<Detail, 'person'> = {
  is: 'not-already-inside',
  kinds: ['person'],
  details: ['crossing-under-way', 'unknown-place', 'already-inside', 'elsewhere'],
  check({ presence, from, to }) {
    if (presence.reserved) return failed('crossing-under-way');
    const { place } = presence;
    if (presence.unknown) return failed('unknown-place');
    if (place === null) return isArea(from) ? failed('unknown-place') : held;
    if (place === from) return held;
    if (isArea(place) && (place === to || !isArea(from))) {
      return failed('already-inside', { area: place });
    }
    return failed('elsewhere', { place, from });
  },
};
