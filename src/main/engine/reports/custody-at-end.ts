import type { CustodyAtEnd } from '../../../shared/contract/goods-rows.ts';
import { must } from '../../../shared/lib/assert.ts';
import { hkDayEnd } from '../../../shared/lib/hk-time.ts';
import type { Segments } from '../journal/segments.ts';

/** A list that a person works off; how many there are in all stands beside it. */
const MOST = 1_000;
const OPEN = 'from_ms < ? AND (until_ms IS NULL OR until_ms >= ?)';
const COUNT = `SELECT count(*) AS n FROM custody_step WHERE ${OPEN}`;
const ROWS = `SELECT consignment, item, enterprise, step, since_ms AS sinceMs FROM custody_step
  WHERE ${OPEN} ORDER BY since_ms, consignment, item LIMIT ${MOST}`;

/**
 * The things that stood in custody when a day ended, as the ledger was written then: what is learnt
 * later changes later days. Of a day that is not over, as it is now.
 */
export function custodyAtEnd(segments: Segments, day: string): CustodyAtEnd {
  const end = hkDayEnd(day);
  // What was open when a segment began was carried into it: one segment knows all of its moments.
  const { all } = segments;
  const { db } = must(all.findLast(({ baseAtMs }) => baseAtMs < end) ?? all[0], 'a segment');
  return {
    open: db.query<[number, number], { n: number }>(COUNT).get(end, end)?.n ?? 0,
    rows: db.query<[number, number], CustodyAtEnd['rows'][number]>(ROWS).all(end, end),
  };
}
