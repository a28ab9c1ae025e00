import type { CrossingFilter, QueryInput } from '../../../shared/contract/queries.ts';
import { crossingOfKey, eventKey, keyOf } from '../../../shared/domain/ids.ts';
import type { Role } from '../../../shared/domain/role.ts';
import { MAX_EARLY_MS } from '../../../shared/journal/happened.ts';
import { decisionFor, reasonsFor } from '../../../shared/regime/withhold.ts';
import { readHeader } from '../journal/segment-header.ts';
import type { Segments } from '../journal/segments.ts';
import { type CrossingColumns, crossingRow } from '../projections/crossing-row.ts';
import { JournalTimes } from '../reports/day-span.ts';
import type { ReadableDb, Sql } from '../store/database.ts';
import { type ReadRows, readAcross } from './across-segments.ts';
import type { CrossingPage } from './reading-request.ts';

/** Which column each filter compares. */
const CONDITIONS: Readonly<Record<keyof CrossingFilter, string>> = {
  fromMs: 'at_ms >= ?',
  toMs: 'at_ms < ?',
  checkpoint: 'checkpoint = ?',
  lane: 'lane = ?',
  line: 'line = ?',
  direction: 'direction = ?',
  class: 'class = ?',
  verdict: 'verdict = ?',
  state: 'state = ?',
  timing: 'timing = ?',
  person: 'person = ?',
  permit: 'permit = ?',
  // Most crossings have no reason: those are passed over before anything is taken apart.
  reason: `reasons <> '[]'
    AND EXISTS (SELECT 1 FROM json_each(reasons) WHERE value ->> '$.is' = ?)`,
};

/**
 * A look takes in the crossings of so many journal events, about a sixth of them rows. It ends
 * within some milliseconds, so that a search for what is not there, over years, never keeps the
 * checkpoint waiting.
 */
const SLICE_KEYS = 100_000;

/** The newest crossing below a key; jumps the gap that a new epoch leaves between the keys. */
export const NEWEST_BELOW = 'SELECT max(key) AS key FROM crossing WHERE key < ?';

/** The keys of all crossings of a time, from the index on the time alone. */
export const KEYS_OF_TIME =
  'SELECT min(key) AS low, max(key) AS high FROM crossing WHERE at_ms >= ? AND at_ms < ?';

export interface LookOptions {
  readonly sliceKeys?: number;
  /** Asked after each slice: true ends the look for now. */
  readonly isEnough?: () => boolean;
}

/**
 * Crossings that fit all filters, newest first, a page at a time. A look that was enough for now
 * tells how far it reached, so that whoever waits for something else is not kept waiting by a
 * search for what is rare, over years.
 */
export function searchCrossings(
  segments: Segments,
  input: QueryInput<'crossings.search'>,
  role: Role,
  { sliceKeys = SLICE_KEYS, isEnough = () => false }: LookOptions = {},
): CrossingPage {
  const { filter, after, limit } = input;
  if (!maySearchBy(role, filter.reason)) return { rows: [], more: false, reached: null };
  const { sql, values } = sliceQuery(filter);
  const read: ReadRows<CrossingColumns> = (db, { low, high, limit: most }, mayEndEarly) => {
    const slice = db.query<Sql[], CrossingColumns>(sql);
    const newest = db.query<[number], { key: number | null }>(NEWEST_BELOW);
    // What was carried over is little: only a segment's own rows are worth a narrower span.
    const isOwn = mayEndEarly && low <= high;
    const span = isOwn ? keySpan(db, filter, { low, high }) : { low, high };
    const rows: CrossingColumns[] = [];
    let below = span.high + 1;
    while (rows.length < most) {
      const top = newest.get(below)?.key ?? null;
      if (top === null || top < span.low) break;
      below = Math.max(top + 1 - sliceKeys, span.low);
      rows.push(...slice.all(...values, below, top, most - rows.length));
      const isOver = rows.length >= most || below <= span.low;
      if (mayEndEarly && !isOver && isEnough()) return { rows, reached: below };
    }
    return { rows, reached: null };
  };
  const high = after === undefined ? Number.MAX_SAFE_INTEGER - 1 : keyOf(after) - 1;
  const range = { low: 0, high, limit: limit + 1 };
  const { rows: found, reached } = readAcross(segments, 'crossing', read, range);
  const rows = found.slice(0, limit).map((columns) => decisionFor(role, crossingRow(columns)));
  if (found.length > limit) return { rows, more: true, reached: null };
  return {
    rows,
    more: reached !== null,
    reached: reached === null ? null : crossingOfKey(reached),
  };
}

/** A role that may not read a reason may not search by it either. */
function maySearchBy(role: Role, reason: string | undefined): boolean {
  if (reason !== 'not-watchlisted') return true;
  return reasonsFor(role, [{ is: reason, detail: 'listed', params: {} }])[0]?.is === reason;
}

/** The statement for one slice of keys: the filters' values, then lowest, highest, most rows. */
export function sliceQuery(filter: CrossingFilter): { sql: string; values: Sql[] } {
  const where: string[] = [];
  const values: Sql[] = [];
  for (const [name, condition] of Object.entries(CONDITIONS)) {
    const value = filter[name as keyof CrossingFilter];
    if (value === undefined) continue;
    where.push(condition);
    values.push(value);
  }
  const all = [...where, 'key >= ?', 'key <= ?'].join(' AND ');
  return { sql: `SELECT * FROM crossing WHERE ${all} ORDER BY key DESC LIMIT ?`, values };
}

interface Span {
  readonly low: number;
  readonly high: number;
}

const NOTHING: Span = { low: 0, high: -1 };

/**
 * Where a time's crossings lie: a day that is long past is gone to, not walked back to. What was
 * learnt late lies anywhere after it: only the first page has to look for that in the index, over
 * all of the time's crossings.
 */
function keySpan(db: ReadableDb, filter: CrossingFilter, { low, high }: Span): Span {
  const { fromMs, toMs } = filter;
  if (fromMs === undefined || toMs === undefined) return { low, high };
  const { epoch, baseSeq } = readHeader(db);
  const times = new JournalTimes({ db, baseSeq });
  if (high < eventKey(epoch, times.firstFrom(toMs))) {
    const first = eventKey(epoch, times.firstFrom(fromMs - MAX_EARLY_MS));
    return { low: Math.max(low, first), high };
  }
  const span = db
    .query<[number, number], { low: number | null; high: number | null }>(KEYS_OF_TIME)
    .get(fromMs, toMs);
  if (span === undefined || span.low === null || span.high === null) return NOTHING;
  return { low: Math.max(low, span.low), high: Math.min(high, span.high) };
}
