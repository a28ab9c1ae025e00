import { failed, held, type RequirementCheck } from './requirement-check.ts';

const HOUR_MS = 3_600_000;

type Detail = 'none' | 'not-set' | 'not-yet' | 'too-old' | 'positive';

/**
 * A negative health test, not as old as the regime sets in hours: at exactly that age it is too
 * old. Without a result here the person is sent to the station, and the reason says so.
 */
export const healthTestWithin: RequirementCheck<Detail, 'person'> = {
  is: 'health-test-within',
  kinds: ['person'],
  details: ['none', 'not-set', 'not-yet', 'too-old', 'positive'],
  check({ healthTest, atMs }, { healthTestHours: hours }) {
    if (hours === undefined) return failed('not-set');
    if (healthTest === null) return failed('none');
    const { takenMs, result } = healthTest;
    if (takenMs > atMs) return failed('not-yet', { takenMs });
    if (result === 'positive') return failed('positive', { takenMs });
    return atMs - takenMs < hours * HOUR_MS ? held : failed('too-old', { takenMs, hours });
  },
};
