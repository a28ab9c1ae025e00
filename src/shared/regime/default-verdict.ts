import type { Verdict } from '../domain/crossing.ts';
import type { Direction } from '../domain/line.ts';
import type { Reason, RequirementName } from './requirement.ts';

const RANK: Readonly<Record<Verdict, number>> = { admit: 0, refer: 1, refuse: 2 };

/** The stricter of two verdicts: refuse, then refer, then admit. */
export function stricter(a: Verdict, b: Verdict): Verdict {
  return RANK[b] > RANK[a] ? b : a;
}

/**
 * The verdict of a failure whose rule names none (project's choice): validity and suspension
 * refuse, everything else refers. A way out is never refused for what the data say: a person looks.
 */
export function defaultVerdict(is: RequirementName, direction: Direction): 'refer' | 'refuse' {
  if (direction === 'out') return 'refer';
  return is === 'permit-valid' || is === 'not-suspended' ? 'refuse' : 'refer';
}

/**
 * True where nobody could admit them, whatever a rule says: the gate would open against those who
 * come the other way, or while another gate of an airlock is open. A locked lane can be unlocked.
 */
export function barsEverybody({ is, detail }: Reason): boolean {
  return is === 'lane-takes' && (detail === 'wrong-way' || detail === 'interlock');
}

/**
 * True where a permit has ended while its holder was in the zone. Nobody is kept in for that: the
 * way out stays open and the reason is recorded with the admission.
 */
export function endedOnTheWayOut(reason: Reason, direction: Direction): boolean {
  return (
    direction === 'out' &&
    reason.is === 'permit-valid' &&
    (reason.detail === 'expired' || reason.detail === 'revoked')
  );
}
