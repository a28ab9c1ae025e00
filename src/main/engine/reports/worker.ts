import { parentPort, workerData } from 'node:worker_threads';
import { assertNever } from '../../../shared/lib/assert.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import { journalSchema } from '../journal/schema.ts';
import type { ReadableDb } from '../store/database.ts';
import { openReader } from '../store/open.ts';
import { reportCsv } from './csv.ts';
import { dailyReport, reportableDays } from './daily.ts';
import type { ReportAnswer, ReportAsk, ReportRequest, ReportThreadData } from './report-request.ts';

/**
 * The reports' thread: it reads the journal over a connection of its own, so that a large report
 * never holds up a decision.
 */
function answer(db: ReadableDb, data: ReportThreadData, ask: ReportAsk): ReportAnswer['result'] {
  if (ask.what === 'days') return reportableDays(db);
  const { site } = data;
  const report = dailyReport(db, ask.day, { site, nowMs: ask.nowMs, running: true });
  switch (ask.what) {
    case 'daily':
      return report;
    case 'csv':
      return report.ok ? ok(reportCsv(report.value, site, ask.language)) : report;
    default:
      return assertNever(ask, 'report');
  }
}

function serve(port: NonNullable<typeof parentPort>, data: ReportThreadData): void {
  let opened: Result<ReadableDb> | null = null;
  port.on('message', ({ id, ask }: ReportRequest) => {
    try {
      if (opened?.ok !== true) opened = openReader(data.journalPath, journalSchema);
      const result = opened.ok ? answer(opened.value, data, ask) : opened;
      port.postMessage({ id, result } satisfies ReportAnswer);
    } catch (error) {
      const text = `the report could not be made: ${(error as Error).message}`;
      const result = fail('report-failed', text, data.journalPath);
      port.postMessage({ id, result } satisfies ReportAnswer);
    }
  });
  port.on('close', () => {
    if (opened?.ok === true) opened.value.close();
  });
}

if (parentPort !== null) serve(parentPort, workerData as ReportThreadData);
