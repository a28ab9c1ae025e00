import { failed, held, type RequirementCheck } from './requirement-check.ts';

/**
 * The lane is set up for this kind of subject, and is not locked. Its one direction is the
 * crossing's already.
 */
export const laneTakes: RequirementCheck<'not-this-kind' | 'locked'> = {
  is: 'lane-takes',
  kinds: ['person', 'vehicle', 'consignment'],
  details: ['not-this-kind', 'locked'],
  check({ laneTakes: kinds, kind, laneLocked }) {
    if (!kinds.includes(kind)) return failed('not-this-kind', { kind });
    return laneLocked ? failed('locked') : held;
  },
};
