import type { SuspensionRow } from '../../../shared/contract/people-queries.ts';
import type { QueryOutput } from '../../../shared/contract/queries.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';
import { TypedTexts } from '../projections/typed-texts.ts';
import type { ApiDeps } from './api-deps.ts';

/** Suspensions are few; a list that is longer is cut, and says so. */
const MOST = 500;

interface Columns {
  readonly kind: string;
  readonly id: string;
  readonly since_ms: number;
  readonly by_user: string | null;
  readonly reason: string;
}

/** Persons, enterprises and permits that are suspended here now, the newest first. */
export function suspensionList({
  db,
  segments,
}: Pick<ApiDeps, 'db' | 'segments'>): Result<QueryOutput<'suspension.list'>> {
  const texts = new TypedTexts(segments);
  const found = db
    .query<[number], Columns>(
      `SELECT kind, id, since_ms, by_user, reason FROM suspension
       UNION ALL SELECT 'permit', permit, since_ms, by_user, reason FROM permit_overlay
         WHERE suspended = 1
       ORDER BY since_ms DESC, kind, id LIMIT ?`,
    )
    .all(MOST + 1);
  const rows = found.slice(0, MOST).map(({ by_user: by, id, kind, reason, since_ms: sinceMs }) => {
    return { kind, id, sinceMs, by, reason: texts.of(reason) } as SuspensionRow;
  });
  return ok({ rows, cut: found.length > MOST });
}
