import type {
  AreaId,
  MusterId,
  PersonId,
  ReaderId,
  TextId,
} from '../../../../shared/domain/ids.ts';
import { musterId } from '../../../../shared/domain/ids.ts';
import { fail, type Result } from '../../../../shared/lib/result.ts';
import type { EventList, Moment } from '../event-list.ts';
import type { MusterFacts, MusterRead, RequestFacts } from '../facts.ts';
import type { RequestInput } from '../input.ts';

export type MusterRequest = Extract<
  RequestInput,
  { name: 'muster.begin' | 'muster.mark' | 'muster.end' }
>;

/** Why a person's word about a muster cannot be followed; null where it can. */
export function refuseMuster(
  { areas, muster, person }: RequestFacts,
  { name, input }: MusterRequest,
): Result<never> | null {
  const now = muster?.now ?? null;
  if (name === 'muster.begin') {
    if (now !== null) {
      return fail('no-change', 'a muster is under way: end it before another begins', now.muster);
    }
    const { area } = input;
    if (area === null || areas.includes(area)) return null;
    return fail('not-found', 'this site has no such area', area);
  }
  if (now === null) return fail('not-open', 'no muster is under way');
  if (name === 'muster.end') return null;
  if (person === null) return fail('not-found', 'there is no such person', input.person);
  if (muster?.mark?.marked !== true) return null;
  return fail('no-change', 'this person is marked already', input.person);
}

/**
 * A muster begins: its list is everybody whom the ledger has there at this moment, which the
 * journal up to here says; the event says how many.
 */
export function beginMuster(
  list: EventList,
  { anonymous, inside }: MusterFacts,
  begun: { readonly area: AreaId | null; readonly why: 'ordered' | 'evacuation'; reason: TextId },
  moment: Moment,
): MusterId {
  const muster = musterId(moment.epoch, list.nextSeq);
  list.add('muster.begun', { muster, ...begun, listed: inside, anonymous });
  return muster;
}

/** Marks by hand, with who did it and why; or ends. Returns the event's seq. */
export function actOnMuster(
  list: EventList,
  { muster, person }: RequestFacts,
  name: 'muster.mark' | 'muster.end',
  reason: TextId,
): number {
  const now = muster?.now ?? null;
  if (muster === null || now === null) throw new Error('no muster is under way');
  if (name === 'muster.end') {
    const { marked, missing, unlisted } = now;
    return list.add('muster.ended', { muster: now.muster, marked, missing, unlisted, reason });
  }
  if (person === null) throw new Error('a mark without its person');
  const listed = muster.mark !== null;
  const marked = { muster: now.muster, person: person.person, listed, reader: null, reason };
  return list.add('muster.marked', marked);
}

/** A badge read at a muster point marks its holder, once; false where there is nothing to mark. */
export function markRead(
  list: EventList,
  at: MusterRead | null,
  reader: ReaderId,
  person: PersonId | null,
): boolean {
  if (at === null || person === null || at.muster === null || at.marked) return false;
  const { listed, muster } = at;
  list.add('muster.marked', { muster, person, listed, reader, reason: null });
  return true;
}
