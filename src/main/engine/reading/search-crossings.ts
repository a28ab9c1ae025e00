import type { CrossingFilter, QueryInput } from '../../../shared/contract/queries.ts';
import { keyOf } from '../../../shared/domain/ids.ts';
import type { Role } from '../../../shared/domain/role.ts';
import { decisionFor, reasonsFor } from '../../../shared/regime/withhold.ts';
import { type CrossingColumns, crossingRow } from '../projections/crossing-row.ts';
import type { ReadableDb, Sql } from '../store/database.ts';
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
 * within tens of milliseconds, so that a search for what is not there, over years, never keeps the
 * checkpoint waiting.
 */
const SLICE_KEYS = 250_000;

/** The newest crossing below a key; jumps the gap that a new epoch leaves between the keys. */
export const NEWEST_BELOW = 'SELECT max(key) AS key FROM crossing WHERE key < ?';

/** The keys of all crossings of a time, from the index on the time alone. */
export const KEYS_OF_TIME =
  'SELECT min(key) AS low, max(key) AS high FROM crossing WHERE at_ms >= ? AND at_ms < ?';

/** Crossings that fit all filters, newest first, a page at a time. */
export function searchCrossings(
  db: ReadableDb,
  input: QueryInput<'crossings.search'>,
  role: Role,
  sliceKeys = SLICE_KEYS,
): CrossingPage {
  const { filter, after, limit } = input;
  if (!maySearchBy(role, filter.reason)) return { rows: [], more: false };
  const { sql, values } = sliceQuery(filter);
  const slice = db.query<Sql[], CrossingColumns>(sql);
  const span = keySpan(db, filter);
  const newest = db.query<[number], { key: number | null }>(NEWEST_BELOW);
  const found: CrossingColumns[] = [];
  let below = Math.min(span.high + 1, after === undefined ? Infinity : keyOf(after));
  while (found.length <= limit) {
    const top = newest.get(Math.min(below, Number.MAX_SAFE_INTEGER))?.key ?? null;
    if (top === null || top < span.low) break;
    below = Math.max(top + 1 - sliceKeys, span.low);
    found.push(...slice.all(...values, below, top, limit + 1 - found.length));
  }
  const rows = found.slice(0, limit).map(crossingRow);
  const withheld = rows.map((row) => decisionFor(role, row));
  return { rows: withheld, more: found.length > limit };
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

/** Where a time's crossings lie: a day that is long past is gone to, not walked back to. */
function keySpan(db: ReadableDb, filter: CrossingFilter): { low: number; high: number } {
  const { fromMs, toMs } = filter;
  const everything = { low: 0, high: Infinity };
  if (fromMs === undefined || toMs === undefined) return everything;
  const span = db
    .query<[number, number], { low: number | null; high: number | null }>(KEYS_OF_TIME)
    .get(fromMs, toMs);
  return { low: span?.low ?? Infinity, high: span?.high ?? -1 };
}
