import type { Priority } from '../../../../shared/domain/incident.ts';
import type { Role } from '../../../../shared/domain/role.ts';

/** Somebody referred waits for a human: high. Somebody on a watch-list: urgent. */
export const REFERRED = 2;
export const WATCHLISTED = 1;

/** An exception's priority as a role may see it: who is watched for is told to supervisors only. */
export function exceptionPriority(role: Role, priority: Priority): Priority {
  return role === 'supervisor' ? priority : REFERRED;
}
