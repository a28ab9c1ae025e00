import type { Caller } from '../../../shared/contract/transport/backend.ts';
import type { NewEvent } from '../../../shared/journal/events.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';
import { actorOf } from './actor.ts';
import type { ApiDeps } from './api-deps.ts';

/**
 * Makes durable in the journal what somebody did beside the step; whoever is not signed in acts as
 * the console. Resolves after its commit.
 */
export async function note(
  deps: Pick<ApiDeps, 'submit'>,
  { session, workstation }: Caller,
  event: NewEvent,
): Promise<Result<unknown>> {
  const actor = session === null ? { type: 'console' as const } : actorOf(session, workstation);
  return (await deps.submit({ kind: 'noted', events: [event], actor })) ?? ok(null);
}
