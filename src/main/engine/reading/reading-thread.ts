import { parentPort, workerData } from 'node:worker_threads';
import { assertNever } from '../../../shared/lib/assert.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import { parseRegime, type Regime } from '../../../shared/regime/regime-file.ts';
import { Segments } from '../journal/segments.ts';
import { regimeText } from '../projections/gather/regimes.ts';
import { musterRoll } from '../projections/muster-roll.ts';
import { reportCsv } from '../reports/csv.ts';
import { dailyReport, reportableDays } from '../reports/daily.ts';
import { musterCsv } from '../reports/muster-csv.ts';
import { presenceCsv } from '../reports/presence-csv.ts';
import { exportedDataset } from './export-file.ts';
import { permitTimes } from './permit-times.ts';
import { monthSlice } from './presence-month.ts';
import { wholeMonth } from './presence-month-file.ts';
import { presenceLedger } from './presence-moves.ts';
import { proveRegime } from './prove-regime.ts';
import type {
  ReadingAnswer,
  ReadingAsk,
  ReadingRequest,
  ReadingThreadData,
} from './reading-request.ts';
import { exportedSales, readSales } from './sales-file.ts';
import { searchCrossings } from './search-crossings.ts';
import { searchIncidents } from './search-incidents.ts';
import { whatIfSlice } from './what-if.ts';

/** So long a search looks on, and one slice more; then whoever asked next has the turn. */
const LOOK_MS = 100;

function enoughAfter(ms: number): () => boolean {
  const beganMs = performance.now();
  return () => performance.now() - beganMs > ms;
}

/**
 * The reading thread: reports and searches look at the journal over connections of their own, so
 * that a long look never holds up a decision.
 */
function answer(
  segments: Segments,
  { dataDir, site }: ReadingThreadData,
  ask: ReadingAsk,
): Result<unknown> | Promise<Result<unknown>> {
  const daily = (day: string, nowMs: number) =>
    dailyReport(segments, day, { site, nowMs, running: true });
  switch (ask.what) {
    case 'days':
      return reportableDays(segments);
    case 'daily':
      return daily(ask.day, ask.nowMs);
    case 'csv': {
      const report = daily(ask.day, ask.nowMs);
      return report.ok ? ok(reportCsv(report.value, site, ask.language)) : report;
    }
    case 'crossings':
      return ok(searchCrossings(segments, ask.input, ask.role, { isEnough: enoughAfter(LOOK_MS) }));
    case 'incidents':
      return ok(searchIncidents(segments, ask.input));
    case 'what-if': {
      const regime =
        typeof ask.regime === 'string' ? draftOf(segments, ask.regime) : ok(ask.regime);
      if (!regime.ok) return regime;
      return ok(whatIfSlice(segments, regime.value, ask.ask, enoughAfter(LOOK_MS)));
    }
    case 'export':
      return exportedDataset(dataDir, ask);
    case 'export-sales':
      return exportedSales(segments.live.db, ask.format);
    case 'read-sales':
      return readSales(segments.live.db, ask.text, ask.format, ask.listed);
    case 'prove-regime':
      return proveRegime(ask.text, ask.lanes);
    case 'presence':
      return presenceLedger(segments, ask.of);
    case 'presence-csv': {
      const ledger = presenceLedger(segments, ask.of);
      if (!ledger.ok) return ledger;
      const file = presenceCsv(ledger.value, site, ask);
      return ok({ file, moves: ledger.value.moves.length });
    }
    case 'presence-month':
    case 'presence-month-csv': {
      const permits = permitTimes(dataDir, ask.ask);
      if (!permits.ok) return permits;
      return ask.what === 'presence-month'
        ? monthSlice(segments, permits.value, ask.ask, enoughAfter(LOOK_MS))
        : wholeMonth(segments, permits.value, site, ask);
    }
    case 'muster':
      return ok(musterRoll(segments.live.db));
    case 'muster-csv':
      return ok(musterCsv(ask.roll, ask.names, site, ask));
    default:
      return assertNever(ask, 'ask');
  }
}

/** The version that was looked through last: a day is asked for in many parts. */
let lastDraft: { readonly hash: string; readonly regime: Result<Regime> } | null = null;

function draftOf(segments: Segments, hash: string): Result<Regime> {
  if (lastDraft?.hash === hash) return lastDraft.regime;
  const text = regimeText(segments.live.db, hash);
  if (text === null) return fail('not-found', 'there is no such version of the regime', hash);
  lastDraft = { hash, regime: parseRegime(text, hash) };
  return lastDraft.regime;
}

function serve(port: NonNullable<typeof parentPort>, data: ReadingThreadData): void {
  let opened: Result<Segments> | null = null;
  port.on('message', ({ id, ask }: ReadingRequest) => {
    const tell = (result: Result<unknown>) =>
      port.postMessage({ id, result } satisfies ReadingAnswer);
    const failed = (error: Error) => {
      const text = `the journal could not be read: ${error.message}`;
      tell(fail('reading-failed', text, data.dataDir));
    };
    try {
      if (opened?.ok !== true) opened = Segments.open(data.dataDir);
      const grown = opened.ok ? opened.value.refresh() : opened;
      const result = opened.ok && grown.ok ? answer(opened.value, data, ask) : grown;
      if (result instanceof Promise) result.then(tell, failed);
      else tell(result);
    } catch (error) {
      failed(error as Error);
    }
  });
  port.on('close', () => {
    if (opened?.ok === true) opened.value.close();
  });
}

if (parentPort !== null) serve(parentPort, workerData as ReadingThreadData);
