import type { Session } from '../../../shared/contract/commands.ts';
import type { Actor } from '../../../shared/journal/envelope.ts';

/** Whoever is signed in at a workstation, as the journal names them. */
export function actorOf(
  { role, user }: Session,
  workstation: string,
): Extract<Actor, { type: 'person' }> {
  return { type: 'person', user, role, workstation };
}
