import type { DailyReport } from '../../../shared/contract/queries.ts';
import { hkDayStart } from '../../../shared/lib/hk-time.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { Segments } from '../journal/segments.ts';
import { projectionSeq } from '../projections/projection-seq.ts';
import type { ReadableDb } from '../store/database.ts';
import { centreAcked, incompleteBecause, type Moment } from './completeness.ts';
import { custodyAtEnd } from './custody-at-end.ts';
import { daySpan, reportDays } from './day-span.ts';
import {
  areasOf,
  incidentsOf,
  occupancyOf,
  refusalsOf,
  regimesOf,
  throughputOf,
  totalsOf,
  versionOf,
} from './figures.ts';
import { gatherDay } from './gather-day.ts';
import type { ReportSite } from './report-site.ts';

export interface ReportContext extends Moment {
  readonly site: ReportSite;
}

/**
 * A day's report, from the projections and the journal as they stand in one snapshot: throughput
 * counts the passages made on the day, crossings belong to the day of their badge read, incidents
 * to the day they happened, occupancy follows the ledger as it was written.
 * Fails with `day-invalid` for what is not a date and `projections-absent` where the read models
 * are not there or of another version.
 */
export function dailyReport(
  segments: Segments,
  day: string,
  context: ReportContext,
): Result<DailyReport> {
  if (Number.isNaN(hkDayStart(day))) {
    return fail('day-invalid', 'there is no such day: write YYYY-MM-DD', day.slice(0, 40));
  }
  return segments.live.db.snapshot(() => {
    const unready = segments.all.find(({ db }) => projectionSeq(db) === null);
    if (unready !== undefined) return absent(unready.db);
    if (segments.earlier.length === 0) return ok(read(segments, segments.live.db, day, context));
    const gathered = gatherDay(segments, day);
    try {
      return ok(read(segments, gathered, day, context));
    } finally {
      gathered.close();
    }
  });
}

/** The days that can be reported, newest first; fails as `dailyReport` does. */
export function reportableDays(segments: Segments): Result<string[]> {
  const { db } = segments.live;
  return db.snapshot(() => (projectionSeq(db) === null ? absent(db) : ok(reportDays(segments))));
}

function absent(db: ReadableDb): Result<never> {
  const text = `the read models are missing or of another version: start the console once, or run \
twoline rebuild --apply`;
  return fail('projections-absent', text, db.path);
}

/** `db` has the day's rows of the projections, whichever segments they came from. */
function read(
  segments: Segments,
  db: ReadableDb,
  day: string,
  context: ReportContext,
): DailyReport {
  const { site, nowMs } = context;
  const span = daySpan(segments, day);
  const acked = centreAcked(segments.live.db);
  const custody = custodyAtEnd(segments, day);
  const known = { ...span, ackedSeq: acked, custodyOpen: custody.open };
  const because = incompleteBecause(db, day, known, site, context);
  const throughput = throughputOf(db, day);
  const named = site.areas.map((area) => area.id);
  return {
    day,
    site: site.id,
    generatedMs: nowMs,
    version: versionOf(db, day),
    complete: because.length === 0,
    incompleteBecause: because,
    firstSeq: span.firstSeq,
    lastSeq: span.lastSeq,
    headHash: span.headHash,
    regimes: regimesOf(db, day),
    throughput,
    refusals: refusalsOf(db, day),
    incidents: incidentsOf(db, day),
    occupancy: occupancyOf(db, day, areasOf(db, named)),
    custody,
    totals: totalsOf(db, day, throughput),
  };
}
