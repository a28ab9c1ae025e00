import type { Hours } from '../../domain/permit.ts';
import { hkMinuteOfDay } from '../../lib/hk-time.ts';
import { failed, held, type RequirementCheck } from './requirement-check.ts';

type Detail = 'no-permit' | 'outside';

/**
 * Hours that begin later than they end run over midnight (22:00-06:00); hours that begin and end at
 * the same minute hold at no time.
 */
function within({ fromMinute, toMinute }: Hours, minute: number): boolean {
  if (fromMinute <= toMinute) return minute >= fromMinute && minute < toMinute;
  return minute >= fromMinute || minute < toMinute;
}

/** The crossing falls into the permit's hours of the day (Hong Kong time, end exclusive). */
export const withinHours: RequirementCheck<Detail, 'person'> = {
  is: 'within-hours',
  kinds: ['person'],
  details: ['no-permit', 'outside'],
  check({ permit, atMs }) {
    if (permit === null) return failed('no-permit');
    const { fromMinute, toMinute } = permit.hours;
    if (within(permit.hours, hkMinuteOfDay(atMs))) return held;
    return failed('outside', { fromMinute, toMinute });
  },
};
