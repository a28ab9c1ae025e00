import type { DailyReport } from '../../../shared/contract/queries.ts';
import { hkDayEnd, hkDayStart } from '../../../shared/lib/hk-time.ts';
import type { ReadableDb } from '../store/database.ts';

type Rows<K extends keyof DailyReport> = DailyReport[K];

const HOUR_MS = 3_600_000;

const THROUGHPUT = `SELECT line, checkpoint, lane, direction, (hour_ms - ?) / ${HOUR_MS} AS hour,
    class, passed
  FROM hour_flow WHERE hour_ms >= ? AND hour_ms < ? AND passed <> 0`;

/** Persons who passed on the day: one row an hour, lane and class, in the order of the hours. */
export function throughputOf(db: ReadableDb, day: string): Rows<'throughput'> {
  const start = hkDayStart(day);
  return db
    .query<[number, number, number], Rows<'throughput'>[number]>(THROUGHPUT)
    .all(start, start, hkDayEnd(day));
}

interface ReasonRow {
  readonly verdict: Rows<'refusals'>[number]['verdict'];
  readonly reason: string;
  readonly count: number;
  readonly admitted: number;
  readonly refused: number;
  readonly lapsed: number;
}

const REASONS = `SELECT verdict, reason, count, admitted, refused, lapsed
  FROM reason_count WHERE day = ? ORDER BY verdict DESC, count DESC, reason`;

/** Refusals and referrals of the day's badge reads by reason, and what became of them. */
export function refusalsOf(db: ReadableDb, day: string): Rows<'refusals'> {
  const rows = db.query<[string], ReasonRow>(REASONS).all(day);
  return rows.map(({ verdict, reason, count, admitted, refused, lapsed }) => {
    const refusedAfter = verdict === 'refuse' ? count : refused;
    const waiting = count - admitted - refusedAfter - lapsed;
    return { verdict, reason, count, admittedAfter: admitted, refusedAfter, lapsed, waiting };
  });
}

const INCIDENTS = `SELECT type, priority, count(*) AS raised, sum(state = 'resolved') AS resolved,
    sum(timing = 'late') AS late
  FROM incident WHERE opened_ms >= ? AND opened_ms < ?
  GROUP BY type, priority ORDER BY priority, type`;

/** Incidents that happened on the day, by type and priority. */
export function incidentsOf(db: ReadableDb, day: string): Rows<'incidents'> {
  return db
    .query<[number, number], Rows<'incidents'>[number]>(INCIDENTS)
    .all(hkDayStart(day), hkDayEnd(day));
}

interface TotalRow {
  readonly asked: number;
  readonly late: number;
  readonly refused: number;
  readonly referred: number;
  readonly manual: number;
  readonly notTaken: number;
  readonly unknown: number;
}

const NONE: TotalRow = {
  ...{ asked: 0, late: 0, manual: 0, refused: 0, referred: 0, notTaken: 0, unknown: 0 },
};
const TOTALS = `SELECT asked, late, manual, refused, referred, not_taken AS notTaken, unknown
  FROM day_count WHERE day = ?`;

/** The day's sums; `passed` is that of the throughput. */
export function totalsOf(
  db: ReadableDb,
  day: string,
  throughput: Rows<'throughput'>,
): Rows<'totals'> {
  const counts = db.query<[string], TotalRow>(TOTALS).get(day) ?? NONE;
  return { ...counts, passed: throughput.reduce((sum, row) => sum + row.passed, 0) };
}

/** One, and one more for each fact of the day's crossings that two persons put right. */
export function versionOf(db: ReadableDb, day: string): number {
  const sql = 'SELECT corrected FROM day_count WHERE day = ?';
  return 1 + (db.query<[string], { corrected: number }>(sql).get(day)?.corrected ?? 0);
}

/** The regimes that decided on the day. */
export function regimesOf(db: ReadableDb, day: string): Rows<'regimes'> {
  return db
    .query<[string], Rows<'regimes'>[number]>(
      'SELECT regime AS id, version FROM day_regime WHERE day = ? ORDER BY regime, version',
    )
    .all(day);
}

interface AreaDay {
  readonly entries: number;
  readonly exits: number;
  readonly corrected: number;
  readonly peak: number | null;
}

const AREA_DAY = `SELECT coalesce(sum(entries), 0) AS entries, coalesce(sum(exits), 0) AS exits,
    coalesce(sum(corrected), 0) AS corrected, max(peak) AS peak
  FROM area_minute WHERE area = ? AND minute_ms >= ? AND minute_ms < ?`;
const INSIDE = `SELECT inside FROM area_minute WHERE area = ? AND minute_ms < ?
  ORDER BY minute_ms DESC LIMIT 1`;
const PEAK_MINUTE = `SELECT minute_ms FROM area_minute
  WHERE area = ? AND minute_ms >= ? AND minute_ms < ? AND peak = ? ORDER BY minute_ms LIMIT 1`;

/**
 * Each area's day by the ledger: how many were inside when it began and ended, the most at any
 * moment and the first minute of that, and what changed it.
 */
export function occupancyOf(
  db: ReadableDb,
  day: string,
  areas: readonly string[],
): Rows<'occupancy'> {
  const start = hkDayStart(day);
  const end = hkDayEnd(day);
  const inside = (area: string, ms: number): number =>
    db.query<[string, number], { inside: number }>(INSIDE).get(area, ms)?.inside ?? 0;
  return areas.map((area) => {
    const row = db.query<[string, number, number], AreaDay>(AREA_DAY).get(area, start, end);
    const atStart = inside(area, start);
    const peak = Math.max(atStart, row?.peak ?? atStart);
    const minute = db
      .query<[string, number, number, number], { minute_ms: number }>(PEAK_MINUTE)
      .get(area, start, end, peak);
    return {
      area: area as Rows<'occupancy'>[number]['area'],
      peak,
      peakMs: peak === atStart ? (peak === 0 ? null : start) : (minute?.minute_ms ?? null),
      atStart,
      atEnd: inside(area, end),
      entries: row?.entries ?? 0,
      exits: row?.exits ?? 0,
      corrected: row?.corrected ?? 0,
    };
  });
}

/** The site's areas, then any that the ledger still knows from an older site file. */
export function areasOf(db: ReadableDb, named: readonly string[]): string[] {
  const known = db.query<[], { area: string }>('SELECT area FROM occupancy ORDER BY area').all();
  return [...new Set([...named, ...known.map(({ area }) => area)])];
}
