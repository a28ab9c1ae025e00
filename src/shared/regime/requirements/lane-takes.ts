import { failed, held, type RequirementCheck } from './requirement-check.ts';

/** The lane is set up for this kind of subject. Its one direction is the crossing's already. */
export const laneTakes: RequirementCheck<'not-this-kind'> = {
  is: 'lane-takes',
  details: ['not-this-kind'],
  check({ laneTakes: kinds, kind }) {
    return kinds.includes(kind) ? held : failed('not-this-kind', { kind });
  },
};
