import type { QueryInput, QueryOutput } from '../../../shared/contract/queries.ts';
import { keyOf } from '../../../shared/domain/ids.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';
import { dueBackWarnsMs } from '../../../shared/regime/due-back.ts';
import { isKnownIn } from '../projections/day-return-kept.ts';
import { dayReturnsIn } from '../projections/day-return-rows.ts';
import { TypedTexts } from '../projections/typed-texts.ts';
import type { ApiDeps } from './api-deps.ts';

type Deps = Pick<ApiDeps, 'segments' | 'regimes' | 'clock'>;

/**
 * A page of who has to be back, or was late. What is open stands in the file that is written; who
 * is back stays in the file in which that was told, so those of all files are one list.
 */
export function dayReturnList(
  { clock, regimes, segments }: Deps,
  { after, limit, state }: QueryInput<'day-return.list'>,
): Result<QueryOutput<'day-return.list'>> {
  const newestFirst = state === 'closed';
  const files = newestFirst ? segments.all : [segments.live];
  const texts = new TypedTexts(segments);
  const from = after === undefined ? null : keyOf(after);
  const asked = { state, after: from, newestFirst, limit: limit + 1 };
  const dbs = files.map(({ db }) => db);
  const found = dbs.flatMap((db, at) => {
    const newer = dbs.slice(at + 1);
    return dayReturnsIn(db, texts, { ...asked, isOld: (key) => isKnownIn(newer, key) });
  });
  if (newestFirst) found.sort((a, b) => b.key - a.key);
  const nowMs = Math.round(clock.wallMs());
  const warnsMs = dueBackWarnsMs(regimes.at(nowMs).settings);
  const rows = found.slice(0, limit).map(({ row }) => row);
  return ok({ rows, more: found.length > limit, warnsMs, nowMs });
}
