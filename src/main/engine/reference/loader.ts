import { stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { DatasetName } from '../../../shared/domain/permit.ts';
import { fail, type Result } from '../../../shared/lib/result.ts';
import { threadUrl } from '../store/thread-url.ts';
import type { Loaded, LoadRequest } from './load-request.ts';

/** What the loader needs of the engine. */
export interface LoaderDeps {
  readonly referencePath: string;
  inForce(dataset: DatasetName): { version: number; hash: string };
  /** Puts a staged version in force; resolves once the journal has it, or says why it has not. */
  putInForce(loaded: Loaded): Promise<Result<unknown> | null>;
  log(text: string): void;
}

/** A load as it is asked for; what is in force is looked up when its turn comes. */
export type NewLoad = Omit<LoadRequest, 'inForce' | 'inForceHash'>;

const WATCH_MS = 250;

/** Loads dataset versions one after the other, and follows the site's dataset files. */
export class DatasetLoader {
  readonly #deps: LoaderDeps;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, (result: Result<Loaded>) => void>();
  readonly #seen = new Map<string, string>();
  #chain: Promise<unknown> = Promise.resolve();
  #next = 1;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(deps: LoaderDeps) {
    this.#deps = deps;
    const url = threadUrl(import.meta.url, './loader-thread.ts', './loader-thread.js');
    this.#worker = new Worker(url, { workerData: deps.referencePath });
    this.#worker.on('message', (message: { id: number; result: Result<Loaded> }) => {
      this.#waiting.get(message.id)?.(message.result);
      this.#waiting.delete(message.id);
    });
    this.#worker.on('error', (error: Error) => this.#broken(error.message));
  }

  /** Stages a version and puts it in force. One at a time; a failure changes nothing. */
  load(request: NewLoad): Promise<Result<Loaded>> {
    const run = async (): Promise<Result<Loaded>> => {
      const { version: inForce, hash: inForceHash } = this.#deps.inForce(request.dataset);
      const loaded = await this.#ask({ ...request, inForce, inForceHash });
      if (!loaded.ok || !loaded.value.fresh) return loaded;
      const kept = await this.#deps.putInForce(loaded.value);
      return kept === null || kept.ok ? loaded : kept;
    };
    const result = this.#chain.then(run, run);
    this.#chain = result.catch(() => undefined);
    return result;
  }

  /** Loads each file now, and again whenever it changes: in force within a second. */
  async follow(files: readonly { dataset: DatasetName; path: string }[]): Promise<void> {
    for (const file of files) await this.#check(file);
    const round = async () => {
      for (const file of files) await this.#check(file);
      if (!this.#stopped) this.#timer = setTimeout(() => void round(), WATCH_MS);
    };
    if (!this.#stopped) this.#timer = setTimeout(() => void round(), WATCH_MS);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#chain;
    const ended = new Promise((resolve) => this.#worker.once('exit', resolve));
    this.#worker.postMessage('close');
    await ended;
  }

  async #check(file: { dataset: DatasetName; path: string }): Promise<void> {
    const mark = await stat(file.path).then(
      (s) => `${s.mtimeMs} ${s.size} ${s.ino}`,
      () => null,
    );
    if (mark === null || this.#stopped || this.#seen.get(file.path) === mark) return;
    this.#seen.set(file.path, mark);
    const format = file.path.endsWith('.json') ? 'json' : 'csv';
    const { dataset, path } = file;
    const loaded = await this.load({ dataset, path, format, mode: 'full', text: null });
    if (!loaded.ok) {
      const { code, text, where } = loaded.fault;
      this.#deps.log(`dataset ${dataset} was not loaded: ${code}: ${text} (${where ?? path})`);
    }
  }

  #ask(request: LoadRequest): Promise<Result<Loaded>> {
    return new Promise((resolve) => {
      const id = this.#next;
      this.#next += 1;
      this.#waiting.set(id, resolve);
      this.#worker.postMessage({ id, request });
    });
  }

  #broken(text: string): void {
    for (const resolve of this.#waiting.values()) resolve(fail('dataset-not-stored', text));
    this.#waiting.clear();
  }
}
