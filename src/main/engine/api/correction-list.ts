import type { QueryInput, QueryOutput } from '../../../shared/contract/queries.ts';
import { eventKey, keyOf } from '../../../shared/domain/ids.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';
import { correctionRows } from '../projections/correction-row.ts';
import type { FactCorrectionColumns } from '../projections/fact-correction.ts';
import type { Sql } from '../store/database.ts';
import type { ApiDeps } from './api-deps.ts';

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
  const found = new Map<number, FactCorrectionColumns>();
  const files = state === 'asked' ? [segments.live] : segments.all.toReversed();
  for (const { baseSeq, db, epoch } of files) {
    for (const row of db.query<Sql[], FactCorrectionColumns>(sql).all(...values, limit + 1)) {
      if (!found.has(row.key)) found.set(row.key, row);
    }
    // Whatever stands in a file before has a lower key than this one's own rows.
    const base = eventKey(epoch, baseSeq);
    if ([...found.keys()].filter((key) => key > base).length > limit) break;
  }
  const fits = [...found.values()].sort((a, b) => b.key - a.key);
  return ok({
    rows: correctionRows(segments, fits.slice(0, limit)),
    more: fits.length > limit,
  });
}
