import { Worker } from 'node:worker_threads';
import type { ErasureScope, Retention, RetentionClass } from '../../../shared/domain/retention.ts';
import type { EventData } from '../../../shared/journal/events.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { DAY_MS, hkDay } from '../../../shared/lib/hk-time.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { Input } from '../core/input.ts';
import type { Segments } from '../journal/segments.ts';
import { type ErasureColumns, scopeOf } from '../projections/erasure.ts';
import type { Whose } from '../reference/load-request.ts';
import type { DatasetLoader } from '../reference/loader.ts';
import type { ReferenceLookup } from '../reference/lookup.ts';
import type { WritableDb } from '../store/database.ts';
import { threadUrl } from '../store/thread-url.ts';
import type { ErasedTexts, ErasingAsk } from './erasing-request.ts';

export interface EraserDeps {
  readonly dataDir: string;
  readonly db: WritableDb;
  readonly segments: Segments;
  readonly reference: ReferenceLookup;
  readonly loader: Pick<DatasetLoader, 'erase' | 'countErasable'>;
  readonly retention: Retention;
  readonly clock: Clock;
  submit(input: Input): Promise<Result<unknown> | null>;
  /** What was erased must not stand in the journal's log any longer. */
  cutLog(): void;
  log(line: string): void;
}

/** After a failure it is tried again this much later, real ms. */
const AGAIN_MS = 60_000;

/**
 * Carries out what is to be erased, one erasure after the other, and looks once a day whether the
 * time of anything has come. An erasure is ordered in the journal first and marked as done there
 * last: one that a crash cut short is carried out again, which takes what is left.
 */
export class Eraser {
  readonly #deps: EraserDeps;
  readonly #pending;
  #running: Promise<void> | null = null;
  #ordered = false;
  #lookedOn = '';
  #notBeforeMono = Number.NEGATIVE_INFINITY;
  #stopped = false;
  #thread: Worker | null = null;

  constructor(deps: EraserDeps) {
    this.#deps = deps;
    this.#pending = deps.db.query<[], ErasureColumns>(
      'SELECT * FROM erasure WHERE done_ms IS NULL ORDER BY key LIMIT 1',
    );
  }

  /** An event of this kind was written. */
  noteKind(kind: string): void {
    if (kind === 'erasure.ordered') this.#ordered = true;
  }

  /** To be called often, between two steps. */
  look(): void {
    const { clock } = this.#deps;
    const today = hkDay(clock.wallMs());
    const isTime = this.#ordered || today !== this.#lookedOn;
    if (this.#running !== null || !isTime || clock.monoMs() < this.#notBeforeMono) return;
    this.#running = this.#run(today).finally(() => {
      this.#running = null;
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#thread?.terminate();
    await this.#running;
  }

  async #run(today: string): Promise<void> {
    const done = await this.#carryOutAll();
    const looked = done.ok && today !== this.#lookedOn ? await this.#orderWhatIsDue() : done;
    if (looked.ok) {
      this.#lookedOn = today;
      return;
    }
    const { clock, log } = this.#deps;
    if (this.#stopped) return;
    this.#ordered = true;
    this.#notBeforeMono = clock.monoMs() + AGAIN_MS;
    const { code, text, where } = looked.fault;
    log(`nothing was erased for now: ${code}: ${text} (${where ?? ''})`);
  }

  async #carryOutAll(): Promise<Result<null>> {
    this.#ordered = false;
    for (;;) {
      const pending = this.#stopped ? undefined : this.#pending.get();
      if (pending === undefined) return ok(null);
      const done = await this.#carryOut(pending);
      if (!done.ok) return done;
    }
  }

  async #carryOut(row: ErasureColumns): Promise<Result<unknown>> {
    const scope = scopeOf(row);
    const texts = await this.#eraseTexts(scope);
    if (!texts.ok) return texts;
    const whose = await this.#whose(scope);
    if (!whose.ok) return whose;
    const rows = whose.value === null ? ok({}) : await this.#deps.loader.erase(whose.value);
    if (!rows.ok) return rows;
    const erasure = row.erasure as EventData<'erasure.done'>['erasure'];
    const data = { erasure, texts: texts.value, rows: rows.value };
    const events = [{ kind: 'erasure.done', data } as const];
    const noted = await this.#deps.submit({ kind: 'noted', events, actor: { type: 'console' } });
    return noted ?? ok(null);
  }

  /** In earlier files by the thread, in the one that is written by its one writer. */
  async #eraseTexts(scope: ErasureScope): Promise<Result<number>> {
    const { db, segments } = this.#deps;
    let erased = 0;
    for (;;) {
      const found = await this.#askForTexts('erase-texts', scope);
      if (!found.ok) return found;
      const { live, texts } = found.value;
      if (live.ordinal === segments.live.ordinal) {
        if (live.texts.length > 0) this.#eraseInLive(db, live.texts);
        return ok(erased + texts);
      }
      // The journal has gone on in another file meanwhile: those are the thread's now.
      erased += texts - live.texts.length;
    }
  }

  #eraseInLive(db: WritableDb, texts: readonly string[]): void {
    const erase = db.write<[string]>('DELETE FROM typed_text WHERE text = ?');
    db.transaction(() => {
      for (const text of texts) erase.run(text);
    });
    this.#deps.cutLog();
  }

  /** Null where no reference rows are concerned. */
  async #whose(scope: ErasureScope): Promise<Result<Whose | null>> {
    if ('person' in scope) return ok(scope);
    if (scope.class !== 'persons') return ok(null);
    const { clock } = this.#deps;
    const keep = await this.#ask<string[]>({ do: 'whom-to-keep' });
    if (!keep.ok) return keep;
    const nowMs = Math.round(clock.wallMs());
    return ok({ beforeMs: scope.beforeMs, nowMs, keep: keep.value });
  }

  #askForTexts(what: 'erase-texts' | 'count-texts', scope: ErasureScope) {
    const { reference } = this.#deps;
    const permits = 'person' in scope ? reference.everyPermitOf(scope.person) : [];
    return this.#ask<ErasedTexts>({ do: what, scope, permits });
  }

  /** Starts the thread for one question; what went wrong with it is a fault. */
  #ask<T>(what: ErasingAsk['what']): Promise<Result<T>> {
    const { dataDir } = this.#deps;
    const url = threadUrl(import.meta.url, './erasing-thread.ts', './erasing-thread.js');
    const worker = new Worker(url, { workerData: { dataDir, what } satisfies ErasingAsk });
    this.#thread = worker;
    const failed = (why: string) => fail('texts-not-erased', why, dataDir);
    return new Promise((resolve) => {
      worker.once('message', resolve);
      worker.once('error', (error: Error) => resolve(failed(error.message)));
      worker.once('exit', () => resolve(failed('the thread ended')));
    });
  }

  async #orderWhatIsDue(): Promise<Result<null>> {
    const { clock, retention, submit } = this.#deps;
    for (const [name, { basis, days }] of Object.entries(retention)) {
      if (this.#stopped) break;
      const kept = name as RetentionClass;
      const beforeMs = Math.round(clock.wallMs()) - days * DAY_MS;
      const due = await this.#count({ class: kept, beforeMs });
      if (!due.ok) return due;
      if (due.value === 0) continue;
      const ordered = await submit({ kind: 'retention', class: kept, beforeMs, basis });
      if (ordered?.ok === false) return ordered;
    }
    return ok(null);
  }

  async #count(scope: ErasureScope): Promise<Result<number>> {
    const texts = await this.#askForTexts('count-texts', scope);
    if (!texts.ok) return texts;
    const whose = await this.#whose(scope);
    if (!whose.ok) return whose;
    return whose.value === null
      ? ok(texts.value.texts)
      : this.#deps.loader.countErasable(whose.value);
  }
}
