import type { ErasureRow } from '../../../shared/contract/administration-queries.ts';
import type { QueryOutput } from '../../../shared/contract/queries.ts';
import { RetentionClass } from '../../../shared/domain/retention.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';
import { type ErasureColumns, scopeOf } from '../projections/erasure.ts';
import type { ApiDeps } from './api-deps.ts';

/** How many erasures are shown, newest first. */
const NEWEST = 50;

/** How long each class of data is kept, and what was erased. */
export function retentionNow({ db, site }: ApiDeps): Result<QueryOutput<'retention.now'>> {
  const periods = site.site.retention ?? {};
  const classes = RetentionClass.options.map((kept) => {
    const { basis = null, days = null } = periods[kept] ?? {};
    return { class: kept, days, basis };
  });
  const newest = db.query<[number], ErasureColumns>(
    'SELECT * FROM erasure ORDER BY key DESC LIMIT ?',
  );
  return ok({ classes, erasures: newest.all(NEWEST).map(rowOf) });
}

function rowOf(row: ErasureColumns): ErasureRow {
  return {
    erasure: row.erasure,
    scope: scopeOf(row),
    basis: row.basis,
    orderedMs: row.ordered_ms,
    orderedBy: row.ordered_by,
    doneMs: row.done_ms,
    texts: row.texts,
    rows: row.rows,
  } as ErasureRow;
}
