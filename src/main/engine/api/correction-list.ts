import type { QueryInput, QueryOutput } from '../../../shared/contract/queries.ts';
import { keyOf } from '../../../shared/domain/ids.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';
import type { Segment } from '../journal/segments.ts';
import { correctionRows } from '../projections/correction-row.ts';
import type { FactCorrectionColumns } from '../projections/fact-correction.ts';
import type { Sql } from '../store/database.ts';
import type { ApiDeps } from './api-deps.ts';
import { newestAcross } from './newest-across.ts';

/**
 * A page of corrections out of all files, newest first; of each file as many rows at most as a page
 * has, and one. One that waited when its file ended stands in the next one too: the newest has it
 * right, so that whoever asks for those that wait is told by that one only. What is settled stays.
 */
export function correctionList(
  { segments }: Pick<ApiDeps, 'segments'>,
  { after, crossing, limit, state }: QueryInput<'correction.list'>,
): Result<QueryOutput<'correction.list'>> {
  const values: Sql[] = [after === undefined ? Number.MAX_SAFE_INTEGER : keyOf(after)];
  const where = ['key < ?'];
  for (const [column, of] of Object.entries({ crossing, state })) {
    if (of === undefined) continue;
    where.push(`${column} = ?`);
    values.push(of);
  }
  const sql = `SELECT * FROM fact_correction WHERE ${where.join(' AND ')}
    ORDER BY key DESC LIMIT ?`;
  const files = state === 'asked' ? [segments.live] : segments.all;
  const read = ({ db }: Segment) =>
    db.query<Sql[], FactCorrectionColumns>(sql).all(...values, limit + 1);
  const fits = newestAcross(files, limit + 1, read, ({ key }) => String(key));
  return ok({
    rows: correctionRows(segments, fits.slice(0, limit)),
    more: fits.length > limit,
  });
}
