import type { MonthRow } from '../../../shared/contract/presence-queries.ts';
import type { PersonId } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/text.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';
import { type ClassTotal, mergeMonths } from '../../../shared/presence/month-totals.ts';
import type { Segments } from '../journal/segments.ts';
import { presenceMonthCsv } from '../reports/presence-month-csv.ts';
import type { ReportSite } from '../reports/report-site.ts';
import { type MonthAsk, monthSlice, type PermitTimesOf } from './presence-month.ts';
import type { RowsFile } from './reading-request.ts';

/** So long the file's making holds up whoever else asks, ms. */
const TURN_MS = 50;
const EVERYBODY = Number.MAX_SAFE_INTEGER;

/** Everybody's shares as a file: made in turns, so that whoever asks meanwhile is answered. */
export async function wholeMonth(
  segments: Segments,
  permitsOf: PermitTimesOf,
  site: ReportSite,
  { ask, language }: { readonly ask: MonthAsk; readonly language: Language },
): Promise<Result<RowsFile>> {
  const rows: MonthRow[] = [];
  let totals: readonly ClassTotal[] = [];
  let after: PersonId | null = null;
  for (;;) {
    const beganMs = performance.now();
    const isEnough = () => performance.now() - beganMs > TURN_MS;
    const part = monthSlice(segments, permitsOf, { ...ask, after, limit: EVERYBODY }, isEnough);
    if (!part.ok) return part;
    rows.push(...part.value.rows);
    totals = mergeMonths(totals, part.value.totals);
    after = part.value.next;
    if (after === null) {
      const { month, nowMs, where } = ask;
      const shares = { month, nowMs, days: part.value.days, rows, totals };
      const file = presenceMonthCsv(shares, site, { where, language });
      return ok({ file, rows: rows.length });
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
