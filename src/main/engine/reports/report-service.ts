import { Worker } from 'node:worker_threads';
import type { DailyReport } from '../../../shared/contract/queries.ts';
import type { Site } from '../../../shared/domain/site.ts';
import type { Language } from '../../../shared/domain/text.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { fail, type Result } from '../../../shared/lib/result.ts';
import { threadUrl } from '../store/thread-url.ts';
import type { ReportFile } from './csv.ts';
import type { ReportAnswer, ReportAsk, ReportRequest, ReportThreadData } from './report-request.ts';
import { reportSite } from './report-site.ts';

export interface ReportServiceDeps {
  readonly journalPath: string;
  readonly site: Site;
  readonly clock: Pick<Clock, 'wallMs'>;
}

export interface ReportService {
  /** The days that can be reported, newest first; none while they cannot be read. */
  days(): Promise<string[]>;
  daily(day: string): Promise<Result<DailyReport>>;
  csv(day: string, language: Language): Promise<Result<ReportFile>>;
  stop(): Promise<void>;
}

/** More reports than this are not kept waiting: each is seconds of work on a large journal. */
const MAX_WAITING = 16;

/**
 * Daily reports, made in a thread of their own. The thread starts at the first report; should it
 * fail, those who wait are told and the next report starts it anew.
 */
export function createReportService(deps: ReportServiceDeps): ReportService {
  const thread = new ReportThread({
    journalPath: deps.journalPath,
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
    stop: () => thread.stop(),
  };
}

type Settle = (result: Result<never>) => void;

class ReportThread {
  readonly #data: ReportThreadData;
  readonly #waiting = new Map<number, Settle>();
  #worker: Worker | null = null;
  #next = 1;
  #stopped = false;

  constructor(data: ReportThreadData) {
    this.#data = data;
  }

  ask<T>(ask: ReportAsk): Promise<Result<T>> {
    if (this.#stopped) return Promise.resolve(fail('report-failed', 'the console is stopping'));
    if (this.#waiting.size >= MAX_WAITING) {
      const text = 'too many reports are being made: try again in a moment';
      return Promise.resolve(fail('reports-busy', text));
    }
    const id = this.#next;
    this.#next += 1;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#thread().postMessage({ id, ask } satisfies ReportRequest);
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#worker?.terminate();
    this.#giveUp('the console is stopping');
  }

  #thread(): Worker {
    if (this.#worker !== null) return this.#worker;
    const url = threadUrl(import.meta.url, './worker.ts', './reports.js');
    const worker = new Worker(url, { workerData: this.#data });
    worker.on('message', ({ id, result }: ReportAnswer) => {
      this.#waiting.get(id)?.(result as Result<never>);
      this.#waiting.delete(id);
    });
    worker.on('error', (error: Error) => this.#lost(worker, error.message));
    worker.on('exit', () => this.#lost(worker, 'the reports ended unexpectedly'));
    // A report under way must not keep a stopping process alive.
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
    const result = fail('report-failed', `the report could not be made: ${text}`);
    for (const settle of this.#waiting.values()) settle(result);
    this.#waiting.clear();
  }
}
