import type { JointRow, JointSide } from '../../../shared/contract/joint-queries.ts';
import type { QueryInput, QueryOutput } from '../../../shared/contract/queries.ts';
import type { Caller } from '../../../shared/contract/transport/backend.ts';
import type { Authority } from '../../../shared/domain/authority.ts';
import { keyOf } from '../../../shared/domain/ids.ts';
import { JOINT_SLOW_MS, type JointResult } from '../../../shared/domain/joint-record.ts';
import type { Direction, Line, PersonClass } from '../../../shared/domain/line.ts';
import { hkDay, hkDayEnd, hkDayStart } from '../../../shared/lib/hk-time.ts';
import { quantile } from '../../../shared/lib/quantile.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';
import { sidesOf } from '../../../shared/regime/obligations/joint-record.ts';
import type { Regime } from '../../../shared/regime/regime-file.ts';
import { rulesFor } from '../../../shared/regime/resolve.ts';
import { jointNow } from '../projections/gather/joint-reads.ts';
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
  readonly file: ReadableDb;
}
/** A crossing as its badge was read. */
interface Asked {
  readonly key: number;
  readonly at_ms: number;
  readonly line: Line;
  readonly direction: Direction;
  readonly class: PersonClass;
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

interface JointDeps extends Pick<ApiDeps, 'clock' | 'db' | 'regimes'> {
  readonly access: Pick<ApiDeps['access'], 'authorityOf'>;
}

/**
 * One lane's crossings by a joint inspection on a day, and how long they took: of the newest 5,000
 * where there were more.
 */
export function jointRecordLane(
  deps: JointDeps & Pick<ApiDeps, 'segments'>,
  { day, lane, limit }: QueryInput<'joint-record.lane'>,
  caller: Pick<Caller, 'session'>,
): Result<QueryOutput<'joint-record.lane'>> {
  const { clock, db, regimes, segments } = deps;
  const of = day ?? hkDay(clock.wallMs());
  const found = new Map<number, Found>();
  for (const { db: file } of segments.all.toReversed()) {
    const rows = file
      .query<[string, number, number, number], Columns>(
        `SELECT * FROM joint_record WHERE lane = ? AND read_ms >= ? AND read_ms < ?
         ORDER BY read_ms DESC LIMIT ?`,
      )
      .all(lane, hkDayStart(of), hkDayEnd(of), MOST - found.size);
    for (const row of rows) if (!found.has(row.key)) found.set(row.key, { ...row, file });
    if (found.size >= MOST) break;
  }
  const rows = [...found.values()].sort((a, b) => b.key - a.key);
  const took = rows.flatMap((row) => tookMs(row) ?? []).sort((a, b) => a - b);
  // In training the calendar runs faster; people do not.
  const slowMs = JOINT_SLOW_MS * clock.speed();
  return ok({
    rows: rows.slice(0, limit).map((row) => {
      const takesResults = jointNow(db, row.crossing, null).isKnown;
      return rowOf(row, regimes.at(row.read_ms), { slowMs, takesResults });
    }),
    released: took.length,
    medianMs: quantile(took, 0.5),
    p95Ms: quantile(took, 0.95),
    slow: took.filter((ms) => ms > slowMs).length,
    slowMs,
    ownSide: ownSideOf(deps, caller),
  });
}

/** What each side has said of one crossing, that a result can still be given of. */
export function jointRecordCrossing(
  deps: JointDeps,
  { crossing }: QueryInput<'joint-record.crossing'>,
  caller: Pick<Caller, 'session'>,
): QueryOutput<'joint-record.crossing'> {
  const { db, regimes } = deps;
  const ownSide = ownSideOf(deps, caller);
  const asked = db.query<[number, string], Asked>(ASKED).get(keyOf(crossing), crossing);
  if (asked === undefined || !jointNow(db, crossing, null).isKnown) return { sides: null, ownSide };
  const regime = regimes.at(asked.at_ms);
  const row = db.query<[number], Columns>(RELEASED).get(asked.key) ?? null;
  const given = db.query<[number], Given>(GIVEN).all(asked.key);
  if (row === null && given.length === 0 && !isJoint(asked, regime)) {
    return { sides: null, ownSide };
  }
  const { exitFor, entryFor } = sidesOf(regime, asked.direction);
  if (exitFor === null || entryFor === null) return { sides: null, ownSide };
  const sideOf = (side: Authority, way: JointSide['way']) => {
    return { side, way, ...resultOf(row, side, given) } as JointSide;
  };
  return { sides: [sideOf(exitFor, 'exit'), sideOf(entryFor, 'entry')], ownSide };
}

/** Both sides inspect whoever is admitted by this rule; of a vehicle it is the driver's. */
function isJoint({ at_ms: atMs, class: name, direction, line }: Asked, regime: Regime): boolean {
  const rules = rulesFor(regime, { kind: 'person', class: name, direction, line }, atMs);
  return rules.some(({ oblige }) => oblige.includes('joint-record'));
}

function ownSideOf({ access }: JointDeps, { session }: Pick<Caller, 'session'>): Authority | null {
  return session === null ? null : access.authorityOf(session.user);
}

function tookMs({ read_ms: readMs, release_ms: releaseMs }: Columns): number | null {
  return releaseMs === null ? null : releaseMs - readMs;
}

const ASKED = `SELECT key, at_ms, line, direction, class FROM crossing
  WHERE key = ? AND crossing = ?`;
const RELEASED = 'SELECT * FROM joint_record WHERE key = ?';
const GIVEN = 'SELECT side, result, given_by AS "by" FROM joint_result WHERE key = ?';

function rowOf(
  row: Found,
  regime: Regime,
  { slowMs, takesResults }: { readonly slowMs: number; readonly takesResults: boolean },
): JointRow {
  const { exitFor, entryFor } = sidesOf(regime, row.direction);
  const took = tookMs(row);
  const given = row.file.query<[number], Given>(GIVEN).all(row.key);
  const exit = resultOf(row, exitFor, given);
  const entry = resultOf(row, entryFor, given);
  return {
    ...{ crossing: row.crossing, readMs: row.read_ms, releaseMs: row.release_ms },
    ...{ tookMs: took, exitFor, entryFor, exitResult: exit.result, exitBy: exit.by },
    ...{ entryResult: entry.result, entryBy: entry.by, isSlow: took !== null && took > slowMs },
    takesResults,
  } as JointRow;
}

/**
 * What one side says of it. The rule releases for both; a person for the side that they act for, or
 * for both where nobody has said for which; what a side's officer says for itself is that side's.
 * Without a row nobody was released yet.
 */
function resultOf(row: Columns | null, side: Authority | null, given: readonly Given[]): SideSaid {
  const own = given.find((one) => one.side === side);
  if (own?.result === 'held') return { result: 'held', by: own.by };
  if (row === null) {
    return own === undefined
      ? { result: 'not-given', by: null }
      : { result: 'released-by-person', by: own.by };
  }
  if (row.release_ms === null) {
    return { result: row.ended === 1 ? 'not-released' : 'waiting', by: null };
  }
  if (own !== undefined) return { result: 'released-by-person', by: own.by };
  if (row.by_person === 0) return { result: 'released', by: null };
  const isTheirs = row.admitted_side === null || row.admitted_side === side;
  if (!isTheirs) return { result: 'not-given', by: null };
  return { result: 'released-by-person', by: row.admitted_by };
}
