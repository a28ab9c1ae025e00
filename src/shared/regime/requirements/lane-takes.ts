import { failed, held, type RequirementCheck } from './requirement-check.ts';

/**
 * The lane is set up for this kind of subject, is not locked, and leads the way that they want to
 * go: at one that can be turned the readers of both sides are there all the time.
 */
export const laneTakes: RequirementCheck<'not-this-kind' | 'locked' | 'wrong-way'> = {
  is: 'lane-takes',
  kinds: ['person', 'vehicle', 'consignment'],
  details: ['not-this-kind', 'locked', 'wrong-way'],
  check({ laneTakes: kinds, kind, laneLocked, laneWrongWay = false }) {
    if (!kinds.includes(kind)) return failed('not-this-kind', { kind });
    if (laneWrongWay) return failed('wrong-way');
    return laneLocked ? failed('locked') : held;
  },
};
