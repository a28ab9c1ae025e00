import type { CrossingFilter, CrossingRow, QueryInput } from '../../../shared/contract/queries.ts';
import type { Caller } from '../../../shared/contract/transport/backend.ts';
import { keyOf } from '../../../shared/domain/ids.ts';
import type { Role } from '../../../shared/domain/role.ts';
import { reasonsFor } from '../../../shared/regime/withhold.ts';
import { type CrossingColumns, crossingRow } from '../projections/crossing-row.ts';
import type { Sql } from '../store/database.ts';
import type { ApiDeps } from './api-deps.ts';

/** Which column each filter compares; `reason` and `after` are handled apart. */
const CONDITIONS: Readonly<Record<Exclude<keyof CrossingFilter, 'reason'>, string>> = {
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
};

/** Crossings that fit all filters, newest first, a page at a time. */
export function searchCrossings(
  deps: Pick<ApiDeps, 'db'>,
  input: QueryInput<'crossings.search'>,
  caller: Caller,
): { rows: CrossingRow[]; more: boolean } {
  const where: string[] = [];
  const values: Sql[] = [];
  for (const [name, sql] of Object.entries(CONDITIONS)) {
    const value = input.filter[name as keyof typeof CONDITIONS];
    if (value === undefined) continue;
    where.push(sql);
    values.push(value);
  }
  const role: Role = caller.session?.role ?? 'operator';
  if (input.filter.reason !== undefined) {
    // A role that may not read a reason may not search by it either.
    const hidden = reasonsFor(role, [{ is: 'not-watchlisted', detail: 'listed', params: {} }]);
    if (input.filter.reason === 'not-watchlisted' && hidden[0]?.is !== 'not-watchlisted') {
      return { rows: [], more: false };
    }
    where.push("EXISTS (SELECT 1 FROM json_each(reasons) WHERE value ->> '$.is' = ?)");
    values.push(input.filter.reason);
  }
  if (input.after !== undefined) {
    where.push('key < ?');
    values.push(keyOf(input.after));
  }
  const filter = where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`;
  const rows = deps.db
    .query<Sql[], CrossingColumns>(`SELECT * FROM crossing ${filter} ORDER BY key DESC LIMIT ?`)
    .all(...values, input.limit + 1);
  const shown = rows.slice(0, input.limit).map(crossingRow);
  const withheld = shown.map((row) => ({ ...row, reasons: [...reasonsFor(role, row.reasons)] }));
  return { rows: withheld, more: rows.length > input.limit };
}
