import { minuteOf } from '../../lib/hk-time.ts';
import type { RosterEntry } from '../passage-facts.ts';
import { failed, held, type RequirementCheck } from './requirement-check.ts';

type Detail = 'no-roster' | 'not-listed' | 'not-yet' | 'ended';

/**
 * A roster (an institution's, a park's tenants, a trade list) names the person, or the enterprise
 * that the consignment belongs to, at this minute; an entry's end is exclusive. Where this console
 * has no roster nobody can be on one, and the reason says so.
 */
export const onRoster: RequirementCheck<Detail, 'person' | 'consignment'> = {
  is: 'on-roster',
  kinds: ['person', 'consignment'],
  details: ['no-roster', 'not-listed', 'not-yet', 'ended'],
  check(facts) {
    const { enterprise } = facts.kind === 'person' ? { enterprise: facts } : facts;
    if (enterprise === null) return failed('not-listed');
    if (enterprise.roster === null) return failed('no-roster');
    const { roster } = enterprise;
    const minute = minuteOf(facts.atMs);
    if (roster.some((entry) => isOn(entry, minute))) return held;
    const [first] = roster.filter((entry) => minute < minuteOf(entry.fromMs));
    if (first !== undefined) return failed('not-yet', { fromMs: first.fromMs });
    const ended = roster.at(-1);
    if (ended?.toMs == null) return failed('not-listed');
    return failed('ended', { toMs: ended.toMs });
  },
};

function isOn({ fromMs, toMs }: RosterEntry, minute: number): boolean {
  return minute >= minuteOf(fromMs) && (toMs === null || minute < toMs);
}
