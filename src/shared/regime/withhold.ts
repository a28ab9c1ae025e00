import type { Role } from '../domain/role.ts';
import type { Reason, ReasonName } from './requirement.ts';

const SUPERVISORS_ONLY: ReadonlySet<ReasonName> = new Set<ReasonName>(['not-watchlisted']);

/**
 * The reasons as a role may see them. That somebody stands on a watch-list is for supervisors:
 * everybody else reads that a supervisor is needed, once and without saying why.
 */
export function reasonsFor(role: Role, reasons: readonly Reason[]): readonly Reason[] {
  if (role === 'supervisor' || !reasons.some((reason) => SUPERVISORS_ONLY.has(reason.is))) {
    return reasons;
  }
  const shown = reasons.filter((reason) => !SUPERVISORS_ONLY.has(reason.is));
  return [...shown, { is: 'needs-supervisor', detail: 'withheld', params: {} }];
}

/**
 * A decision as a role may see it. Where a reason is withheld the rule is too: one whose only
 * condition is the watch-list says in its own words what was withheld.
 */
export function decisionFor<R extends { reasons: Reason[]; rule: string | null }>(
  role: Role,
  row: R,
): R {
  const reasons = reasonsFor(role, row.reasons);
  return reasons === row.reasons ? row : { ...row, reasons: [...reasons], rule: null };
}
