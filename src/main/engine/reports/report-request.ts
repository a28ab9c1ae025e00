import type { DailyReport } from '../../../shared/contract/queries.ts';
import type { Language } from '../../../shared/domain/text.ts';
import type { Result } from '../../../shared/lib/result.ts';
import type { ReportFile } from './csv.ts';
import type { ReportSite } from './report-site.ts';

/** What the reports' thread is given when it starts. */
export interface ReportThreadData {
  readonly journalPath: string;
  readonly site: ReportSite;
}

/** What it can be asked for; `nowMs` is the engine's calendar at that moment. */
export type ReportAsk =
  | { readonly what: 'days' }
  | { readonly what: 'daily'; readonly day: string; readonly nowMs: number }
  | {
      readonly what: 'csv';
      readonly day: string;
      readonly language: Language;
      readonly nowMs: number;
    };

export interface ReportRequest {
  readonly id: number;
  readonly ask: ReportAsk;
}

export interface ReportAnswer {
  readonly id: number;
  readonly result: Result<string[]> | Result<DailyReport> | Result<ReportFile>;
}
