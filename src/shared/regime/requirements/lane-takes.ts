import { failed, held, type RequirementCheck } from './requirement-check.ts';

/**
 * The lane is set up for this kind of subject, is not locked nor interlocked, and leads the way
 * that they want to go: at one that can be turned the readers of both sides are there all the time.
 * What bars everybody is asked first: nothing else may be told in its place.
 */
export const laneTakes: RequirementCheck<'not-this-kind' | 'locked' | 'wrong-way' | 'interlock'> = {
  is: 'lane-takes',
  kinds: ['person', 'vehicle', 'consignment'],
  details: ['not-this-kind', 'locked', 'wrong-way', 'interlock'],
  check({ laneTakes: kinds, kind, laneLocked, laneWrongWay, laneInterlocked }) {
    if (laneWrongWay === true) return failed('wrong-way');
    if (laneInterlocked === true) return failed('interlock');
    if (!kinds.includes(kind)) return failed('not-this-kind', { kind });
    return laneLocked ? failed('locked') : held;
  },
};
