import { failed, held, type RequirementCheck } from './requirement-check.ts';

/** The lane is set up for this kind of subject. A lane has one direction, so that it need not ask. */
export const laneTakes: RequirementCheck<'not-this-kind'> = {
  is: 'lane-takes',
  details: ['not-this-kind'],
  check({ laneTakes: kinds, kind }) {
    return kinds.includes(kind) ? held : failed('not-this-kind', { kind });
  },
};
