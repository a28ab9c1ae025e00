import { failed, held, type RequirementCheck } from './requirement-check.ts';

/** An official goes through the same lane with the person. */
export const escorted: RequirementCheck<'no-escort'> = {
  is: 'escorted',
  details: ['no-escort'],
  check(facts) {
    return facts.escorted ? held : failed('no-escort');
  },
};
