import type { TextId } from '../../../../shared/domain/ids.ts';
import { fail, type Result } from '../../../../shared/lib/result.ts';
import type { EventList } from '../event-list.ts';
import type { RequestFacts } from '../facts.ts';
import type { RequestInput } from '../input.ts';

type SuspensionRequest = Extract<RequestInput, { name: 'suspension.begin' | 'suspension.end' }>;

/** A person or an enterprise is known, and not suspended (or reinstated) already. */
export function refuseSuspension(
  { suspended = null }: RequestFacts,
  { input: { kind, id }, name }: SuspensionRequest,
): Result<never> | null {
  if (suspended === null) {
    return fail('not-found', `no permit and no crossing names this ${kind}`, id);
  }
  if (suspended !== (name === 'suspension.begin')) return null;
  const now = suspended ? 'suspended here already' : 'not suspended here';
  return fail('no-change', `the ${kind} is ${now}`, id);
}

export function actOnSuspension(
  list: EventList,
  { input: { kind, id }, name }: SuspensionRequest,
  reason: TextId,
): number {
  const what = name === 'suspension.begin' ? 'suspension.begun' : 'suspension.ended';
  return list.add(what, { kind, id, reason });
}
