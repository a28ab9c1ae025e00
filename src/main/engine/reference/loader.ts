import { stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { DatasetName, PersonalDataset } from '../../../shared/domain/permit.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import { threadUrl } from '../store/thread-url.ts';
import type {
  DatasetNow,
  ErasedRows,
  Loaded,
  LoadRequest,
  TakenBy,
  Whose,
} from './load-request.ts';

/** What the loader needs of the engine. */
export interface LoaderDeps {
  readonly referencePath: string;
  inForce(dataset: DatasetName): DatasetNow;
  /** Puts a staged version in force; resolves once the journal has it, or says why it has not. */
  putInForce(loaded: Loaded, by: TakenBy | null): Promise<Result<unknown> | null>;
  /** The hash of the file's text that was loaded last, over restarts; empty when none was. */
  lastFile(dataset: DatasetName): string;
  keepLastFile(dataset: DatasetName, hash: string): void;
  log(text: string): void;
  /** Real monotonic ms. */
  monoMs(): number;
}

/** What takes real time of its own: a simulation puts something at once in its place. */
export interface LoaderParts {
  /** What a file looks like now; null where there is none. Another answer: it has changed. */
  markOf(path: string): Promise<string | null>;
  /** Starts who loads, one request after the other. */
  startWorker(referencePath: string): LoadWorker;
}

export type LoadWorker = Pick<Worker, 'on' | 'once' | 'postMessage'>;

/**
 * What the loading thread's JavaScript may hold, MB. It needs a fraction of that for any file; more
 * would only be filled before it is swept.
 */
const MEMORY = { maxOldGenerationSizeMb: 40, maxYoungGenerationSizeMb: 8 };

export const realParts: LoaderParts = {
  markOf: (path) =>
    stat(path).then(
      (s) => `${s.mtimeMs} ${s.size} ${s.ino}`,
      () => null,
    ),
  startWorker(referencePath) {
    const url = threadUrl(import.meta.url, './loader-thread.ts', './loader-thread.js');
    return new Worker(url, { workerData: referencePath, resourceLimits: MEMORY });
  },
};

/** A load as it is asked for; what is in force is looked up when its turn comes. */
export type NewLoad = Pick<
  LoadRequest,
  'dataset' | 'format' | 'mode' | 'path' | 'text' | 'take' | 'listed'
>;

interface DatasetFile {
  readonly dataset: DatasetName;
  readonly path: string;
}

export interface LoaderTiming {
  /** Files are looked at this often. Two looks must find a file the same before it is loaded. */
  readonly watchMs: number;
  /** What could not be stored (a full disk) is tried again after this time. */
  readonly againMs: number;
  /** A file that takes longer than this is told of. */
  readonly toldMs: number;
  /** The loading thread, which holds tens of megabytes, ends when it had nothing to do so long. */
  readonly restMs: number;
}

const TIMING: LoaderTiming = { watchMs: 100, againMs: 5_000, toldMs: 2_000, restMs: 10_000 };
const NOT_STORED = new Set(['dataset-not-stored', 'not-written', 'intake-full']);

/** Loads dataset versions one after the other, and follows the site's dataset files. */
export class DatasetLoader {
  readonly #deps: LoaderDeps;
  readonly #timing: LoaderTiming;
  readonly #waiting = new Map<number, (result: Result<never>) => void>();
  /** Each file as it was when it was loaded, and as it was at the last look. */
  readonly #loaded = new Map<string, string>();
  readonly #looked = new Map<string, string>();
  readonly #notBefore = new Map<string, number>();
  readonly #parts: LoaderParts;
  #worker: LoadWorker | null = null;
  #chain: Promise<unknown> = Promise.resolve();
  #next = 1;
  #timer: NodeJS.Timeout | undefined;
  #rest: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(deps: LoaderDeps, timing: LoaderTiming = TIMING, parts: LoaderParts = realParts) {
    this.#deps = deps;
    this.#timing = timing;
    this.#parts = parts;
  }

  /**
   * Stages a version and puts it in force, as somebody said, where `take` lets it. One at a time; a
   * failure changes nothing.
   */
  load(request: NewLoad, by: TakenBy | null = null): Promise<Result<Loaded>> {
    return this.#inTurn(() => this.#load(request, '', by));
  }

  /** How many rows `erase` would take. */
  async countErasable(whose: Whose): Promise<Result<number>> {
    const counted = await this.#inTurn(() => this.#askToErase(whose, true));
    if (!counted.ok) return counted;
    return ok(Object.values(counted.value).reduce((sum, { erased }) => sum + erased, 0));
  }

  /**
   * Takes rows of persons out of the reference data and puts what is left in force. Ok with how
   * many went. A file that still names them brings them back once it is loaded again.
   */
  erase(whose: Whose): Promise<Result<Partial<Record<DatasetName, number>>>> {
    return this.#inTurn(async () => {
      const erased = await this.#askToErase(whose, false);
      if (!erased.ok) return erased;
      const rows: Partial<Record<DatasetName, number>> = {};
      for (const dataset of PersonalDataset.options) {
        const { before, erased: gone, left } = erased.value[dataset];
        if (gone > 0) rows[dataset] = gone;
        const kept = left < before ? await this.#putWhatIsLeft(dataset, before, left) : null;
        if (kept?.ok === false) return kept;
      }
      return ok(rows);
    });
  }

  #putWhatIsLeft(dataset: DatasetName, before: number, left: number) {
    const { version, hash } = this.#deps.inForce(dataset);
    const now = { dataset, version: version + 1, rows: left, changed: before - left, hash };
    const counts = { new: 0, changed: 0, same: left, gone: before - left };
    const told = { fresh: true, outcome: 'staged', changes: { counts, examples: [] } } as const;
    return this.#deps.putInForce({ ...now, refused: [], refusedCount: 0, ...told }, null);
  }

  #askToErase(whose: Whose, countOnly: boolean): Promise<Result<ErasedRows>> {
    const versions = PersonalDataset.options.map((name) => [
      name,
      this.#deps.inForce(name).version,
    ]);
    const inForce = Object.fromEntries(versions) as Record<PersonalDataset, number>;
    return this.#post({ erase: { whose, inForce, countOnly } });
  }

  #inTurn<T>(run: () => Promise<Result<T>>): Promise<Result<T>> {
    const result = this.#chain.then(run, run);
    this.#chain = result.catch(() => undefined);
    return result;
  }

  async #load(request: NewLoad, knownHash: string, by: TakenBy | null): Promise<Result<Loaded>> {
    const inForce = this.#deps.inForce(request.dataset);
    const admissionList = this.#deps.inForce('admission-list').version;
    const loaded = await this.#ask({ ...request, inForce, admissionList, knownHash });
    if (!loaded.ok || !loaded.value.fresh) return loaded;
    const kept = await this.#deps.putInForce(loaded.value, by);
    return kept === null || kept.ok ? loaded : kept;
  }

  /** Loads each file now, and again whenever it changes: in force within a second. */
  async follow(named: readonly DatasetFile[]): Promise<void> {
    // New passes are held against the admission list: that one comes first.
    const files = DatasetName.options.flatMap((name) => named.filter((f) => f.dataset === name));
    for (const file of files) await this.#check(file, true);
    const { watchMs } = this.#timing;
    const round = async () => {
      for (const file of files) await this.#check(file, false);
      if (!this.#stopped) this.#timer = setTimeout(() => void round(), watchMs);
    };
    if (!this.#stopped) this.#timer = setTimeout(() => void round(), watchMs);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#chain;
    clearTimeout(this.#rest);
    const worker = this.#worker;
    if (worker === null) return;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage('close');
    await ended;
  }

  async #check(file: DatasetFile, first: boolean): Promise<void> {
    const { path } = file;
    const mark = await this.#parts.markOf(path);
    if (mark === null || this.#stopped || this.#loaded.get(path) === mark) return;
    const still = first || this.#looked.get(path) === mark;
    this.#looked.set(path, mark);
    if (!still || this.#deps.monoMs() < (this.#notBefore.get(path) ?? 0)) return;
    this.#loaded.set(path, mark);
    await this.#loadFile(file, first);
  }

  /**
   * At the first look a file whose text was loaded before any restart is old news: what was loaded
   * by hand since then stands above it.
   */
  async #loadFile({ dataset, path }: DatasetFile, first: boolean): Promise<void> {
    const { keepLastFile, lastFile, log } = this.#deps;
    const format = path.endsWith('.json') ? 'json' : 'csv';
    const request = { dataset, path, format, mode: 'full', text: null, take: 'file' } as const;
    const known = first ? lastFile(dataset) : '';
    // A million rows take most of a minute, in which a first start waits.
    const telling = setTimeout(
      () => log(`dataset ${dataset} is being read (${path})`),
      this.#timing.toldMs,
    );
    const loaded = await this.#inTurn(() => this.#load(request, known, null));
    clearTimeout(telling);
    if (loaded.ok) {
      const { fresh, hash, refused, refusedCount } = loaded.value;
      if (fresh) keepLastFile(dataset, hash);
      if (refusedCount === 0) return;
      const [worst] = refused;
      const where = `line ${worst?.line}, ${worst?.column}: ${worst?.text}`;
      log(`dataset ${dataset}: ${refusedCount} rows were left out, the first: ${where} (${path})`);
      return;
    }
    const { code, text, where } = loaded.fault;
    log(`dataset ${dataset} was not loaded: ${code}: ${text} (${where ?? path})`);
    if (!NOT_STORED.has(code)) return;
    this.#loaded.delete(path);
    this.#notBefore.set(path, this.#deps.monoMs() + this.#timing.againMs);
  }

  #ask(request: LoadRequest): Promise<Result<Loaded>> {
    return this.#post({ request });
  }

  #post<T>(asked: object): Promise<Result<T>> {
    return new Promise((resolve) => {
      const id = this.#next;
      this.#next += 1;
      this.#waiting.set(id, resolve);
      clearTimeout(this.#rest);
      this.#worker ??= this.#startWorker();
      this.#worker.postMessage({ id, ...asked });
    });
  }

  /** A thread that ended (a rest, a file too large for the memory) is replaced at the next load. */
  #startWorker(): LoadWorker {
    const worker = this.#parts.startWorker(this.#deps.referencePath);
    worker.on('message', (message: { id: number; result: Result<never> }) => {
      this.#waiting.get(message.id)?.(message.result);
      this.#waiting.delete(message.id);
      if (this.#waiting.size > 0) return;
      this.#rest = setTimeout(() => {
        this.#worker = null;
        worker.postMessage('close');
      }, this.#timing.restMs);
    });
    worker.on('error', (error: Error) => this.#broken(worker, error.message));
    worker.on('exit', () => this.#broken(worker, 'the loading thread ended'));
    return worker;
  }

  #broken(worker: LoadWorker, text: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    for (const resolve of this.#waiting.values()) resolve(fail('dataset-not-stored', text));
    this.#waiting.clear();
  }
}
