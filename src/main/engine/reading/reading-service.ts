import { Worker } from 'node:worker_threads';
import type {
  MonthSlice,
  PresenceAsk,
  PresenceLedger,
} from '../../../shared/contract/presence-queries.ts';
import type { DailyReport, QueryInput } from '../../../shared/contract/queries.ts';
import type { WhatIfSlice } from '../../../shared/contract/regime-queries.ts';
import type { Role } from '../../../shared/domain/role.ts';
import type { Site } from '../../../shared/domain/site.ts';
import type { Language } from '../../../shared/domain/text.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { fail, type Result } from '../../../shared/lib/result.ts';
import type { ProvenRegime } from '../../../shared/regime/proven-regime.ts';
import type { Regime } from '../../../shared/regime/regime-file.ts';
import type { SiteLanes } from '../../../shared/regime/resolve.ts';
import type { MusterRoll } from '../projections/muster-roll.ts';
import type { ExportFormat } from '../reference/export.ts';
import type { ReportFile } from '../reports/csv.ts';
import type { MusterNames } from '../reports/muster-csv.ts';
import type { PresenceFile } from '../reports/presence-csv.ts';
import { reportSite } from '../reports/report-site.ts';
import { threadUrl } from '../store/thread-url.ts';
import type { MonthAsk } from './presence-month.ts';
import type {
  CrossingPage,
  IncidentPage,
  PresenceCsv,
  ReadingAnswer,
  ReadingAsk,
  ReadingRequest,
  ReadingThreadData,
  RowsFile,
} from './reading-request.ts';
import type { SalesRead } from './sales-file.ts';
import type { WhatIfAsk } from './what-if.ts';

export interface ReadingServiceDeps {
  readonly dataDir: string;
  readonly site: Site;
  readonly clock: Pick<Clock, 'wallMs'>;
}

export interface ReadingService {
  /** The days that can be reported, newest first; none while they cannot be read. */
  days(): Promise<string[]>;
  daily(day: string): Promise<Result<DailyReport>>;
  csv(day: string, language: Language): Promise<Result<ReportFile>>;
  /** Crossings that fit the filter, as the role may see them. */
  crossings(input: QueryInput<'crossings.search'>, role: Role): Promise<Result<CrossingPage>>;
  incidents(input: QueryInput<'incidents.search'>): Promise<Result<IncidentPage>>;
  /** A part of a day's decisions under another version: see `whatIfSlice`. */
  whatIf(ask: WhatIfAsk, regime: string | Regime): Promise<Result<WhatIfSlice>>;
  proveRegime(text: string, lanes: SiteLanes): Promise<Result<ProvenRegime>>;
  /** Everything that is known of where a person was. Fails with `no-person`. */
  presence(of: PresenceAsk): Promise<Result<PresenceLedger>>;
  presenceCsv(of: PresenceAsk, file: PresenceFile): Promise<Result<PresenceCsv>>;
  muster(): Promise<Result<MusterRoll | null>>;
  musterCsv(roll: MusterRoll, names: MusterNames, language: Language): Promise<Result<ReportFile>>;
  /** A dataset of a version as a file. Fails with `export-too-large`. */
  exportDataset(
    of: Omit<Extract<ReadingAsk, { what: 'export' }>, 'what'>,
  ): Promise<Result<RowsFile>>;
  exportSales(format: ExportFormat): Promise<Result<RowsFile>>;
  /** A file of sales held against the ledger: see `readSales`. */
  readSales(text: string, format: ExportFormat, listed: number): Promise<Result<SalesRead>>;
  /** A part of everybody's shares of a month: see `monthSlice`. */
  presenceMonth(ask: Omit<MonthAsk, 'nowMs'>): Promise<Result<MonthSlice>>;
  presenceMonthCsv(ask: Omit<MonthAsk, 'nowMs'>, language: Language): Promise<Result<RowsFile>>;
  stop(): Promise<void>;
}

/** More than this is not kept waiting: each may be seconds of work on a large journal. */
const MAX_WAITING = 16;

/**
 * Daily reports and searches, made in a thread of their own. The thread starts when it is first
 * asked; should it fail, those who wait are told and the next who asks starts it anew.
 */
export function createReadingService(deps: ReadingServiceDeps): ReadingService {
  const thread = new ReadingThread({
    dataDir: deps.dataDir,
    site: reportSite(deps.site),
  });
  const nowMs = () => Math.round(deps.clock.wallMs());
  return {
    async days() {
      const result = await thread.ask<string[]>({ what: 'days' });
      return result.ok ? result.value : [];
    },
    daily: (day) => thread.ask<DailyReport>({ what: 'daily', day, nowMs: nowMs() }),
    csv: (day, language) => thread.ask<ReportFile>({ what: 'csv', day, language, nowMs: nowMs() }),
    crossings: (input, role) => thread.ask<CrossingPage>({ what: 'crossings', input, role }),
    incidents: (input) => thread.ask<IncidentPage>({ what: 'incidents', input }),
    whatIf: (ask, regime) => thread.ask<WhatIfSlice>({ what: 'what-if', ask, regime }),
    proveRegime: (text, lanes) => thread.ask<ProvenRegime>({ what: 'prove-regime', text, lanes }),
    presence: (of) => thread.ask<PresenceLedger>({ what: 'presence', of }),
    presenceCsv: (of, file) => thread.ask<PresenceCsv>({ what: 'presence-csv', of, ...file }),
    muster: () => thread.ask<MusterRoll | null>({ what: 'muster' }),
    musterCsv: (roll, names, language) =>
      thread.ask<ReportFile>({ what: 'muster-csv', roll, names, language, nowMs: nowMs() }),
    exportDataset: (of) => thread.ask<RowsFile>({ what: 'export', ...of }),
    exportSales: (format) => thread.ask<RowsFile>({ what: 'export-sales', format }),
    readSales: (text, format, listed) =>
      thread.ask<SalesRead>({ what: 'read-sales', text, format, listed }),
    presenceMonth: (ask) =>
      thread.ask<MonthSlice>({ what: 'presence-month', ask: { ...ask, nowMs: nowMs() } }),
    presenceMonthCsv: (ask, language) =>
      thread.ask<RowsFile>({
        ...{ what: 'presence-month-csv', language },
        ask: { ...ask, nowMs: nowMs() },
      }),
    stop: () => thread.stop(),
  };
}

type Settle = (result: Result<never>) => void;

class ReadingThread {
  readonly #data: ReadingThreadData;
  readonly #waiting = new Map<number, Settle>();
  #worker: Worker | null = null;
  #next = 1;
  #stopped = false;

  constructor(data: ReadingThreadData) {
    this.#data = data;
  }

  ask<T>(ask: ReadingAsk): Promise<Result<T>> {
    if (this.#stopped) return Promise.resolve(fail('reading-failed', 'the console is stopping'));
    if (this.#waiting.size >= MAX_WAITING) {
      const text = 'too many reports and searches wait: try again in a moment';
      return Promise.resolve(fail('reading-busy', text));
    }
    const id = this.#next;
    this.#next += 1;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#thread().postMessage({ id, ask } satisfies ReadingRequest);
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#worker?.terminate();
    this.#giveUp('the console is stopping');
  }

  #thread(): Worker {
    if (this.#worker !== null) return this.#worker;
    const url = threadUrl(import.meta.url, './reading-thread.ts', './reading-thread.js');
    const worker = new Worker(url, { workerData: this.#data });
    worker.on('message', ({ id, result }: ReadingAnswer) => {
      this.#waiting.get(id)?.(result as Result<never>);
      this.#waiting.delete(id);
    });
    worker.on('error', (error: Error) => this.#lost(worker, error.message));
    worker.on('exit', () => this.#lost(worker, 'the thread ended unexpectedly'));
    // A reading under way must not keep a stopping process alive.
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  #lost(worker: Worker, text: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#giveUp(text);
  }

  #giveUp(text: string): void {
    const result = fail('reading-failed', `the journal could not be read: ${text}`);
    for (const settle of this.#waiting.values()) settle(result);
    this.#waiting.clear();
  }
}
