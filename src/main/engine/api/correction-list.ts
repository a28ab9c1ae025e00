import type { QueryInput, QueryOutput } from '../../../shared/contract/queries.ts';
import { keyOf } from '../../../shared/domain/ids.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';
import { correctionRows } from '../projections/correction-row.ts';
import type { FactCorrectionColumns } from '../projections/fact-correction.ts';
import type { Sql } from '../store/database.ts';
import type { ApiDeps } from './api-deps.ts';

/**
 * A page of corrections out of all files, newest first. One that waited when its file ended stands
 * in the next one too: the newest has it right, and a state is asked of that one only.
 */
export function correctionList(
  { segments }: Pick<ApiDeps, 'segments'>,
  { after, crossing, limit, state }: QueryInput<'correction.list'>,
): Result<QueryOutput<'correction.list'>> {
  const where = crossing === undefined ? '' : 'AND crossing = ?';
  const values: Sql[] = [after === undefined ? Number.MAX_SAFE_INTEGER : keyOf(after)];
  if (crossing !== undefined) values.push(crossing);
  const sql = `SELECT * FROM fact_correction WHERE key < ? ${where} ORDER BY key DESC`;
  const found = new Map<number, FactCorrectionColumns>();
  for (const { db } of segments.all.toReversed()) {
    for (const row of db.query<Sql[], FactCorrectionColumns>(sql).iterate(...values)) {
      if (!found.has(row.key)) found.set(row.key, row);
    }
  }
  const fits = [...found.values()]
    .filter((row) => state === undefined || row.state === state)
    .sort((a, b) => b.key - a.key);
  return ok({
    rows: correctionRows(segments, fits.slice(0, limit)),
    more: fits.length > limit,
  });
}
