import type { RequirementName } from '../requirement.ts';
import { areaHasRoom } from './area-has-room.ts';
import { clearanceGranted } from './clearance-granted.ts';
import { consentToJointInspection } from './consent-to-joint-inspection.ts';
import { escorted } from './escorted.ts';
import { laneTakes } from './lane-takes.ts';
import { notAlreadyInside } from './not-already-inside.ts';
import { notSuspended } from './not-suspended.ts';
import { notWatchlisted } from './not-watchlisted.ts';
import { permitCoversArea } from './permit-covers-area.ts';
import { permitValid } from './permit-valid.ts';
import type { RequirementCheck } from './requirement-check.ts';
import { withinHours } from './within-hours.ts';

/** Every requirement that can be checked from a person's facts. The others are about goods. */
export const PERSON_REQUIREMENTS = {
  'permit-valid': permitValid,
  'permit-covers-area': permitCoversArea,
  'within-hours': withinHours,
  'not-suspended': notSuspended,
  'not-watchlisted': notWatchlisted,
  'not-already-inside': notAlreadyInside,
  'area-has-room': areaHasRoom,
  'consent-to-joint-inspection': consentToJointInspection,
  'clearance-granted': clearanceGranted,
  escorted,
  'lane-takes': laneTakes,
} as const satisfies Partial<Record<RequirementName, RequirementCheck>>;

export type PersonRequirement = keyof typeof PERSON_REQUIREMENTS;

export function isPersonRequirement(name: RequirementName): name is PersonRequirement {
  return Object.hasOwn(PERSON_REQUIREMENTS, name);
}

/** `<requirement>/<detail>` of every way a person's requirement can fail or warn. */
export type ReasonKey = {
  [N in PersonRequirement]: `${N}/${(typeof PERSON_REQUIREMENTS)[N]['details'][number]}`;
}[PersonRequirement];
