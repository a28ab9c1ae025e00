import type { JointRow } from '../../../shared/contract/people-queries.ts';
import type { QueryInput, QueryOutput } from '../../../shared/contract/queries.ts';
import { JOINT_SLOW_MS } from '../../../shared/domain/joint-record.ts';
import type { Direction } from '../../../shared/domain/line.ts';
import { hkDay, hkDayEnd, hkDayStart } from '../../../shared/lib/hk-time.ts';
import { quantile } from '../../../shared/lib/quantile.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';
import { sidesOf } from '../../../shared/regime/obligations.ts';
import type { Regime } from '../../../shared/regime/regime-file.ts';
import type { ApiDeps } from './api-deps.ts';

/** Read between two decisions at a gate: the newest of the day. */
const MOST = 5_000;

interface Columns {
  readonly key: number;
  readonly crossing: string;
  readonly direction: Direction;
  readonly read_ms: number;
  readonly by_person: number;
  readonly release_ms: number | null;
  readonly ended: number;
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
  const found = new Map<number, Columns>();
  for (const { db } of segments.all.toReversed()) {
    const rows = db
      .query<[string, number, number, number], Columns>(
        `SELECT * FROM joint_record WHERE lane = ? AND read_ms >= ? AND read_ms < ?
         ORDER BY read_ms DESC LIMIT ?`,
      )
      .all(lane, hkDayStart(of), hkDayEnd(of), MOST - found.size);
    for (const row of rows) if (!found.has(row.key)) found.set(row.key, row);
    if (found.size >= MOST) break;
  }
  const rows = [...found.values()].sort((a, b) => b.key - a.key);
  const took = rows.flatMap((row) => tookMs(row) ?? []).sort((a, b) => a - b);
  return ok({
    rows: rows.slice(0, limit).map((row) => rowOf(row, regimes.at(row.read_ms))),
    released: took.length,
    medianMs: quantile(took, 0.5),
    p95Ms: quantile(took, 0.95),
    slow: took.filter((ms) => ms > JOINT_SLOW_MS).length,
    slowMs: JOINT_SLOW_MS,
  });
}

function tookMs({ read_ms: readMs, release_ms: releaseMs }: Columns): number | null {
  return releaseMs === null ? null : releaseMs - readMs;
}

/** One release for both sides: neither can have another result than the other. */
function rowOf(row: Columns, regime: Regime): JointRow {
  const { exitFor, entryFor } = sidesOf(regime, row.direction);
  const took = tookMs(row);
  const result = resultOf(row);
  return {
    ...{ crossing: row.crossing, readMs: row.read_ms, releaseMs: row.release_ms },
    ...{ tookMs: took, exitFor, entryFor, exitResult: result, entryResult: result },
    isSlow: took !== null && took > JOINT_SLOW_MS,
  } as JointRow;
}

function resultOf({ by_person, ended, release_ms }: Columns): JointRow['exitResult'] {
  if (release_ms !== null) return by_person === 1 ? 'released-by-person' : 'released';
  return ended === 1 ? 'not-released' : 'waiting';
}
