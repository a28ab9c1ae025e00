import { failed, held, type RequirementCheck } from './requirement-check.ts';

/** An official goes through the same lane with the person. */
export const escorted: RequirementCheck<'no-escort' | 'too-many', 'person'> = {
  is: 'escorted',
  kinds: ['person'],
  details: ['no-escort', 'too-many'],
  check({ escort }) {
    if (escort === 'there') return held;
    return failed(escort === 'full' ? 'too-many' : 'no-escort');
  },
};
