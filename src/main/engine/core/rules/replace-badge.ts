import type { CommandInput } from '../../../../shared/contract/commands.ts';
import type { TextId } from '../../../../shared/domain/ids.ts';
import { fail, type Result } from '../../../../shared/lib/result.ts';
import type { EventList } from '../event-list.ts';
import type { RequestFacts } from '../facts.ts';

/** Why a permit cannot have this badge; null where it can. */
export function refuseBadge(
  { badge }: RequestFacts,
  { permit, credential }: CommandInput<'badge.replace'>,
): Result<never> | null {
  if (badge === null) return fail('not-found', 'there is no such permit', permit);
  if (badge.now === credential) return fail('no-change', 'the permit has this badge', permit);
  if (badge.takenBy === null) return null;
  return fail('badge-taken', `this badge belongs to permit ${badge.takenBy}`, credential);
}

/** A badge in place of the one that the permit has; returns the seq of its event. */
export function replaceBadge(
  list: EventList,
  { badge }: RequestFacts,
  { permit, credential }: CommandInput<'badge.replace'>,
  reason: TextId,
): number {
  if (badge === null) throw new Error('a new badge without its permit');
  return list.add('badge.replaced', { permit, credential, was: badge.inDataset, reason });
}
