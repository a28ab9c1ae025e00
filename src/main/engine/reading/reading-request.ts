import type { PresenceAsk } from '../../../shared/contract/presence-queries.ts';
import type { IncidentRow, QueryInput, QueryOutput } from '../../../shared/contract/queries.ts';
import type { DatasetName } from '../../../shared/domain/permit.ts';
import type { Role } from '../../../shared/domain/role.ts';
import type { Language } from '../../../shared/domain/text.ts';
import type { Result } from '../../../shared/lib/result.ts';
import type { PresenceWhere } from '../../../shared/presence/counted.ts';
import type { Regime } from '../../../shared/regime/regime-file.ts';
import type { SiteLanes } from '../../../shared/regime/resolve.ts';
import type { MusterRoll } from '../projections/muster-roll.ts';
import type { ExportFormat } from '../reference/export.ts';
import type { ReportFile } from '../reports/csv.ts';
import type { MusterNames } from '../reports/muster-csv.ts';
import type { ReportSite } from '../reports/report-site.ts';
import type { MonthAsk } from './presence-month.ts';
import type { WhatIfAsk } from './what-if.ts';

/** What the reading thread is given when it starts. */
export interface ReadingThreadData {
  readonly dataDir: string;
  readonly site: ReportSite;
}

/** What it can be asked for; `nowMs` is the engine's calendar at that moment. */
export type ReadingAsk =
  | { readonly what: 'days' }
  | { readonly what: 'daily'; readonly day: string; readonly nowMs: number }
  | {
      readonly what: 'csv';
      readonly day: string;
      readonly language: Language;
      readonly nowMs: number;
    }
  | {
      readonly what: 'crossings';
      readonly input: QueryInput<'crossings.search'>;
      readonly role: Role;
    }
  | { readonly what: 'presence'; readonly of: PresenceAsk }
  | {
      readonly what: 'presence-csv';
      readonly of: PresenceAsk;
      readonly where: PresenceWhere;
      readonly language: Language;
    }
  | {
      readonly what: 'export';
      readonly dataset: DatasetName;
      /** The version in force. */
      readonly version: number;
      readonly format: ExportFormat;
    }
  | { readonly what: 'export-sales'; readonly format: ExportFormat }
  | {
      readonly what: 'read-sales';
      readonly text: string;
      readonly format: ExportFormat;
      readonly listed: number;
    }
  | { readonly what: 'presence-month'; readonly ask: MonthAsk }
  | {
      readonly what: 'presence-month-csv';
      readonly ask: MonthAsk;
      readonly language: Language;
    }
  | { readonly what: 'prove-regime'; readonly text: string; readonly lanes: SiteLanes }
  | {
      readonly what: 'what-if';
      readonly ask: WhatIfAsk;
      /** The hash of a version that was handed in, or the version itself. */
      readonly regime: string | Regime;
    }
  | { readonly what: 'muster' }
  | {
      readonly what: 'muster-csv';
      readonly roll: MusterRoll;
      readonly names: MusterNames;
      readonly language: Language;
      readonly nowMs: number;
    }
  | { readonly what: 'incidents'; readonly input: QueryInput<'incidents.search'> };

export interface ReadingRequest {
  readonly id: number;
  readonly ask: ReadingAsk;
}

export interface ReadingAnswer {
  readonly id: number;
  readonly result: Result<unknown>;
}

/** A page of rows, and whether any come after it. */
export interface Page<R> {
  readonly rows: R[];
  readonly more: boolean;
}
export type CrossingPage = QueryOutput<'crossings.search'>;
export type IncidentPage = Page<IncidentRow>;

/** Rows as a file (a dataset, the sales, a month's shares), and how many stand in it. */
export interface RowsFile {
  readonly file: ReportFile;
  readonly rows: number;
}

/** A person's presence as a file, and how many moves stand in it. */
export interface PresenceCsv {
  readonly file: ReportFile;
  readonly moves: number;
}
