import type { JointRow } from '../../../shared/contract/people-queries.ts';
import type { QueryInput, QueryOutput } from '../../../shared/contract/queries.ts';
import type { Authority } from '../../../shared/domain/authority.ts';
import { JOINT_SLOW_MS, type JointResult } from '../../../shared/domain/joint-record.ts';
import type { Direction } from '../../../shared/domain/line.ts';
import { hkDay, hkDayEnd, hkDayStart } from '../../../shared/lib/hk-time.ts';
import { quantile } from '../../../shared/lib/quantile.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';
import { sidesOf } from '../../../shared/regime/obligations/joint-record.ts';
import type { Regime } from '../../../shared/regime/regime-file.ts';
import type { ReadableDb } from '../store/database.ts';
import type { ApiDeps } from './api-deps.ts';

/** Read between two decisions at a gate: the newest of the day. */
const MOST = 5_000;

interface Columns {
  readonly key: number;
  readonly crossing: string;
  readonly direction: Direction;
  readonly read_ms: number;
  readonly by_person: number;
  readonly admitted_by: string | null;
  readonly admitted_side: Authority | null;
  readonly release_ms: number | null;
  readonly ended: number;
}

/** A row, and the file that knows it best. */
interface Found extends Columns {
  readonly db: ReadableDb;
}
interface Given {
  readonly side: Authority;
  readonly result: JointResult;
  readonly by: string | null;
}
interface SideSaid {
  readonly result: JointRow['exitResult'];
  readonly by: string | null;
}

/**
 * One lane's crossings by a joint inspection on a day, and how long they took: of the newest 5,000
 * where there were more.
 */
export function jointRecordLane(
  { clock, regimes, segments }: Pick<ApiDeps, 'segments' | 'regimes' | 'clock'>,
  { day, lane, limit }: QueryInput<'joint-record.lane'>,
): Result<QueryOutput<'joint-record.lane'>> {
  const of = day ?? hkDay(clock.wallMs());
  const found = new Map<number, Found>();
  for (const { db } of segments.all.toReversed()) {
    const rows = db
      .query<[string, number, number, number], Columns>(
        `SELECT * FROM joint_record WHERE lane = ? AND read_ms >= ? AND read_ms < ?
         ORDER BY read_ms DESC LIMIT ?`,
      )
      .all(lane, hkDayStart(of), hkDayEnd(of), MOST - found.size);
    for (const row of rows) if (!found.has(row.key)) found.set(row.key, { ...row, db });
    if (found.size >= MOST) break;
  }
  const rows = [...found.values()].sort((a, b) => b.key - a.key);
  const took = rows.flatMap((row) => tookMs(row) ?? []).sort((a, b) => a - b);
  // In training the calendar runs faster; people do not.
  const slowMs = JOINT_SLOW_MS * clock.speed();
  return ok({
    rows: rows.slice(0, limit).map((row) => rowOf(row, regimes.at(row.read_ms), slowMs)),
    released: took.length,
    medianMs: quantile(took, 0.5),
    p95Ms: quantile(took, 0.95),
    slow: took.filter((ms) => ms > slowMs).length,
    slowMs,
  });
}

function tookMs({ read_ms: readMs, release_ms: releaseMs }: Columns): number | null {
  return releaseMs === null ? null : releaseMs - readMs;
}

const GIVEN = 'SELECT side, result, given_by AS "by" FROM joint_result WHERE key = ?';

function rowOf(row: Found, regime: Regime, slowMs: number): JointRow {
  const { exitFor, entryFor } = sidesOf(regime, row.direction);
  const took = tookMs(row);
  const given = row.db.query<[number], Given>(GIVEN).all(row.key);
  const exit = resultOf(row, exitFor, given);
  const entry = resultOf(row, entryFor, given);
  return {
    ...{ crossing: row.crossing, readMs: row.read_ms, releaseMs: row.release_ms },
    ...{ tookMs: took, exitFor, entryFor, exitResult: exit.result, exitBy: exit.by },
    ...{ entryResult: entry.result, entryBy: entry.by, isSlow: took !== null && took > slowMs },
  } as JointRow;
}

/**
 * What one side says of it. The rule releases for both; a person for the side that they act for, or
 * for both where nobody has said for which; what a side's officer says for itself is that side's.
 */
function resultOf(row: Columns, side: Authority | null, given: readonly Given[]): SideSaid {
  const own = given.find((one) => one.side === side);
  if (own?.result === 'held') return { result: 'held', by: own.by };
  if (row.release_ms === null) {
    return { result: row.ended === 1 ? 'not-released' : 'waiting', by: null };
  }
  if (own !== undefined) return { result: 'released-by-person', by: own.by };
  if (row.by_person === 0) return { result: 'released', by: null };
  const isTheirs = row.admitted_side === null || row.admitted_side === side;
  if (!isTheirs) return { result: 'not-given', by: null };
  return { result: 'released-by-person', by: row.admitted_by };
}
