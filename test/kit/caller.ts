import type { Session } from '../../src/shared/contract/commands.ts';

/** Somebody signed in, for calls straight to the backend. */
export function callerOf(role: Session['role']) {
  const user = `test-${role}` as Session['user'];
  return { workstation: 'w-1', session: { user, name: role, role, workstation: 'w-1' } };
}
