import type { SubjectKind } from '../../domain/line.ts';
import type { CrossingFacts } from '../facts.ts';
import type { RegimeSettings } from '../regime-shape.ts';
import type { RequirementName } from '../requirement.ts';
import { areaHasRoom } from './area-has-room.ts';
import { certificateRecognised } from './certificate-recognised.ts';
import { clearanceGranted } from './clearance-granted.ts';
import { consentToJointInspection } from './consent-to-joint-inspection.ts';
import { declarationCleared } from './declaration-cleared.ts';
import { enterpriseRegistered } from './enterprise-registered.ts';
import { enterpriseTier } from './enterprise-tier.ts';
import { escorted } from './escorted.ts';
import { healthTestWithin } from './health-test-within.ts';
import { laneTakes } from './lane-takes.ts';
import { notAlreadyInside } from './not-already-inside.ts';
import { notSuspended } from './not-suspended.ts';
import { notWatchlisted } from './not-watchlisted.ts';
import { onRoster } from './on-roster.ts';
import { originMet } from './origin-met.ts';
import { permitCoversArea } from './permit-covers-area.ts';
import { permitValid } from './permit-valid.ts';
import type { AnyRequirement, Outcome } from './requirement-check.ts';
import { sealIntact } from './seal-intact.ts';
import { withinAllowance } from './within-allowance.ts';
import { withinHours } from './within-hours.ts';

/** The whole closed list. */
export const REQUIREMENTS = {
  'permit-valid': permitValid,
  'permit-covers-area': permitCoversArea,
  'within-hours': withinHours,
  'not-suspended': notSuspended,
  'not-watchlisted': notWatchlisted,
  'not-already-inside': notAlreadyInside,
  'area-has-room': areaHasRoom,
  'consent-to-joint-inspection': consentToJointInspection,
  'clearance-granted': clearanceGranted,
  'declaration-cleared': declarationCleared,
  'enterprise-registered': enterpriseRegistered,
  'enterprise-tier': enterpriseTier,
  'on-roster': onRoster,
  'health-test-within': healthTestWithin,
  escorted,
  'lane-takes': laneTakes,
  'seal-intact': sealIntact,
  'certificate-recognised': certificateRecognised,
  'origin-met': originMet,
  'within-allowance': withinAllowance,
} as const satisfies Record<RequirementName, AnyRequirement>;

/** Which requirements can be asked of a kind, in the list's order. */
export function requirementsOfKind(kind: SubjectKind): RequirementName[] {
  const names = Object.keys(REQUIREMENTS) as RequirementName[];
  return names.filter((name) => canAsk(name, kind));
}

export function canAsk(name: RequirementName, kind: SubjectKind): boolean {
  const { kinds }: AnyRequirement = REQUIREMENTS[name];
  return kinds.includes(kind);
}

/** What the facts say of a requirement; null where it cannot be asked of their kind. */
export function outcomeOf(
  name: RequirementName,
  facts: CrossingFacts,
  settings: RegimeSettings,
): Outcome<string> | null {
  const requirement: AnyRequirement = REQUIREMENTS[name];
  return canAsk(name, facts.kind) ? requirement.check(facts as never, settings) : null;
}

/** `<requirement>/<detail>` of every way a requirement can fail or warn. */
export type ReasonKey = {
  [N in RequirementName]: `${N}/${(typeof REQUIREMENTS)[N]['details'][number]}`;
}[RequirementName];
