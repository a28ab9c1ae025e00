import { failed, held, type RequirementCheck } from './requirement-check.ts';

/** The person is on no watch-list in force. Its failure is shown to supervisors only. */
export const notWatchlisted: RequirementCheck<'listed'> = {
  is: 'not-watchlisted',
  details: ['listed'],
  check({ watchlisted }) {
    return watchlisted ? failed('listed') : held;
  },
};
