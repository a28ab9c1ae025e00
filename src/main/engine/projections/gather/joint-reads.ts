import { keyOf } from '../../../../shared/domain/ids.ts';
import type { JointFacts } from '../../core/people-facts.ts';
import type { ReadableDb } from '../../store/database.ts';

/** Released, or with a person who decides: at the first line, where both sides stand. */
const KNOWN = `SELECT 1 AS one FROM crossing c WHERE c.key = ? AND c.crossing = ?
  AND c.line = 'first' AND (EXISTS (SELECT 1 FROM joint_record j WHERE j.key = c.key)
    OR c.state = 'referred')`;
const GIVEN = `SELECT side, result, given_by AS "by" FROM joint_result WHERE key = ? ORDER BY side`;

/** What the sides of a crossing have said themselves, by the segment that is written. */
export function jointNow(db: ReadableDb, crossing: string, sides: JointFacts['sides']): JointFacts {
  const key = keyOf(crossing);
  return {
    sides,
    isKnown: db.query<[number, string], object>(KNOWN).get(key, crossing) !== undefined,
    given: db.query<[number], JointFacts['given'][number]>(GIVEN).all(key),
  };
}
