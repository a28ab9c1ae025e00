import { failed, held, type RequirementCheck } from './requirement-check.ts';

type Detail = 'no-permit' | 'not-given';

/** The holder has consented to one inspection by both authorities, at or before this moment. */
export const consentToJointInspection: RequirementCheck<Detail, 'person'> = {
  is: 'consent-to-joint-inspection',
  kinds: ['person'],
  details: ['no-permit', 'not-given'],
  check({ permit, atMs }) {
    if (permit === null) return failed('no-permit');
    if (permit.consentAtMs === null || permit.consentAtMs > atMs) return failed('not-given');
    return held;
  },
};
