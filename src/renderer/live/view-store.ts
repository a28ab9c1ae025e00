import type { ConsoleClient, ViewUpdate } from '../../shared/contract/client.ts';
import type { ViewData, ViewInput, ViewName } from '../../shared/contract/views.ts';
import type { Fault } from '../../shared/lib/result.ts';

/** What a component sees of a view; a new object whenever anything in it changed. */
export interface ViewState<N extends ViewName> {
  readonly rows: ReadonlyMap<string, ViewData<N>>;
  /** Monotonic ms of the last snapshot; null until the first one. */
  readonly snapshotAt: number | null;
  /** True while the engine merges updates because this screen is slow. */
  readonly lagged: boolean;
  /** Why the watch ended for good; null while it runs. */
  readonly fault: Fault | null;
}

/** Rows that changed since the last patch; `snapshot`: forget everything before. */
export interface ViewPatch<N extends ViewName> {
  readonly snapshot: boolean;
  readonly set: ReadonlyMap<string, ViewData<N>>;
  readonly drop: readonly string[];
}

export interface ViewStoreParts {
  readonly monoMs: () => number;
  /** Resolves when the screen has drawn: the brake on live updates. */
  readonly drawn: () => Promise<void>;
  /** Calls back once after a time; returns the function that calls it off. */
  readonly later: (delayMs: number, run: () => void) => () => void;
  /** The watch was ended by the engine: whoever owns the session may want to look. */
  readonly onEnd?: ((fault: Fault | null) => void) | undefined;
  /** A store began or ceased to lag. */
  readonly onLag?: (() => void) | undefined;
}

/** A watch outlives its last reader a little, so that a change of screen does not start it anew. */
const LINGER_MS = 10_000;
/** After a sign of lag a view is taken to lag for this long. */
const LAG_LASTS_MS = 5_000;
/** An update that took longer to draw is a sign of lag, as the engine's own word is. */
const SLOW_DRAW_MS = 1_000;
/** A moment of slowness says nothing: only what lasts this long is told. */
const SUSTAINED_LAG_MS = 10_000;

/**
 * One watched view, shared by every component that reads it. It runs while somebody listens.
 * Components take the state or one row; the map takes the patches and leaves React out.
 */
export class ViewStore<N extends ViewName> {
  readonly name: N;
  readonly #client: ConsoleClient;
  readonly #parts: ViewStoreParts;
  readonly #rows = new Map<string, ViewData<N>>();
  readonly #receivedMs = new Map<string, number>();
  readonly #listeners = new Set<() => void>();
  readonly #rowListeners = new Map<string, Set<() => void>>();
  readonly #patchListeners = new Set<(patch: ViewPatch<N>) => void>();
  #state: ViewState<N> = { rows: new Map(), snapshotAt: null, lagged: false, fault: null };
  #stale = false;
  #snapshotAt: number | null = null;
  #cancelLag: (() => void) | null = null;
  #fault: Fault | null = null;
  #stop: (() => void) | null = null;
  #cancelLinger: (() => void) | null = null;
  #users = 0;

  constructor(name: N, client: ConsoleClient, parts: ViewStoreParts) {
    this.name = name;
    this.#client = client;
    this.#parts = parts;
  }

  /** Hears of every change. Starts the watch when nobody else listened. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    const release = this.#use();
    return () => {
      if (this.#listeners.delete(listener)) release();
    };
  };

  /** Hears of changes of one row only. */
  subscribeRow(key: string, listener: () => void): () => void {
    const listeners = this.#rowListeners.get(key) ?? new Set();
    listeners.add(listener);
    this.#rowListeners.set(key, listeners);
    const release = this.#use();
    return () => {
      if (!listeners.delete(listener)) return;
      if (listeners.size === 0) this.#rowListeners.delete(key);
      release();
    };
  }

  /** Hears of every patch, beginning with what is known now as a snapshot. */
  patches(listener: (patch: ViewPatch<N>) => void): () => void {
    this.#patchListeners.add(listener);
    const release = this.#use();
    if (this.#snapshotAt !== null) {
      listener({ snapshot: true, set: new Map(this.#rows), drop: [] });
    }
    return () => {
      if (this.#patchListeners.delete(listener)) release();
    };
  }

  /** The same object until something changes. */
  readonly state = (): ViewState<N> => {
    if (this.#stale) {
      this.#stale = false;
      this.#state = {
        rows: new Map(this.#rows),
        snapshotAt: this.#snapshotAt,
        lagged: this.lagged(),
        fault: this.#fault,
      };
    }
    return this.#state;
  };

  row(key: string): ViewData<N> | undefined {
    return this.#rows.get(key);
  }

  /** Monotonic ms when a row last came: where the ages in it begin to count. */
  receivedMs(key: string): number | null {
    return this.#receivedMs.get(key) ?? null;
  }

  /** True while the engine merges updates because this screen is slow. */
  lagged(): boolean {
    return this.#cancelLag !== null;
  }

  /** Ends the watch now, whoever listens: the session is over. */
  close(): void {
    this.#cancelLinger?.();
    this.#cancelLinger = null;
    this.#end();
  }

  #use(): () => void {
    this.#users += 1;
    this.#cancelLinger?.();
    this.#cancelLinger = null;
    if (this.#stop === null) this.#begin();
    return () => {
      this.#users -= 1;
      if (this.#users > 0) return;
      this.#cancelLinger = this.#parts.later(LINGER_MS, () => {
        this.#cancelLinger = null;
        if (this.#users === 0) this.#end();
      });
    };
  }

  #begin(): void {
    this.#fault = null;
    this.#stale = true;
    this.#stop = this.#client.watch(this.name, {} as ViewInput<N>, {
      onUpdate: (update) => {
        this.#apply(update);
        return this.#drawn();
      },
      onEnd: (fault) => {
        this.#stop = null;
        this.#fault = fault;
        this.#changed();
        this.#parts.onEnd?.(fault);
      },
      onLagged: () => {
        this.#lag();
      },
    });
  }

  #end(): void {
    this.#stop?.();
    this.#stop = null;
    this.#rows.clear();
    this.#receivedMs.clear();
    this.#snapshotAt = null;
    this.#cancelLag?.();
    this.#cancelLag = null;
    this.#stale = true;
    this.#parts.onLag?.();
  }

  #apply(update: ViewUpdate<N>): void {
    const nowMs = this.#parts.monoMs();
    const touched = new Set<string>();
    if (update.snapshot) {
      for (const key of this.#rows.keys()) touched.add(key);
      this.#rows.clear();
      this.#receivedMs.clear();
      this.#snapshotAt = nowMs;
    }
    for (const [key, row] of update.set) {
      this.#rows.set(key, row);
      this.#receivedMs.set(key, nowMs);
      touched.add(key);
    }
    for (const key of update.drop) {
      this.#rows.delete(key);
      this.#receivedMs.delete(key);
      touched.add(key);
    }
    const patch = { snapshot: update.snapshot, set: update.set, drop: update.drop };
    for (const listener of this.#patchListeners) listener(patch);
    for (const key of touched) for (const hear of this.#rowListeners.get(key) ?? []) hear();
    this.#changed();
  }

  /** The engine says once that the screen fell behind; that it stays so shows itself here. */
  async #drawn(): Promise<void> {
    const { monoMs, drawn } = this.#parts;
    const sinceMs = monoMs();
    await drawn();
    if (monoMs() - sinceMs > SLOW_DRAW_MS && this.#stop !== null) this.#lag();
  }

  /** Takes the screen for slow for a while. */
  #lag(): void {
    this.#cancelLag?.();
    this.#cancelLag = this.#parts.later(LAG_LASTS_MS, () => {
      this.#cancelLag = null;
      this.#changed();
      this.#parts.onLag?.();
    });
    this.#changed();
    this.#parts.onLag?.();
  }

  #changed(): void {
    this.#stale = true;
    for (const listener of this.#listeners) listener();
  }
}

/** The stores of one session, one per view name, made when first asked for. */
export class ViewStores {
  readonly #client: ConsoleClient;
  readonly #parts: ViewStoreParts;
  readonly #stores = new Map<ViewName, { close(): void; lagged(): boolean }>();
  readonly #listeners = new Set<() => void>();
  #cancelSustain: (() => void) | null = null;
  #sustained = false;

  constructor(client: ConsoleClient, parts: ViewStoreParts) {
    this.#client = client;
    this.#parts = { ...parts, onLag: () => this.#lagChanged() };
  }

  get<N extends ViewName>(name: N): ViewStore<N> {
    const known = this.#stores.get(name);
    if (known instanceof ViewStore) return known as ViewStore<N>;
    const store = new ViewStore(name, this.#client, this.#parts);
    this.#stores.set(name, store);
    return store;
  }

  /** Hears when the screen is told to lag, or no longer. */
  readonly subscribeLag = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** True once a view or another has lagged for ten seconds on end. */
  readonly lagged = (): boolean => this.#sustained;

  close(): void {
    for (const store of this.#stores.values()) store.close();
    this.#stores.clear();
  }

  #lagChanged(): void {
    const lags = [...this.#stores.values()].some((store) => store.lagged());
    if (lags) {
      this.#cancelSustain ??= this.#parts.later(SUSTAINED_LAG_MS, () => this.#sustain(true));
      return;
    }
    this.#cancelSustain?.();
    this.#cancelSustain = null;
    this.#sustain(false);
  }

  #sustain(sustained: boolean): void {
    if (this.#sustained === sustained) return;
    this.#sustained = sustained;
    for (const listener of this.#listeners) listener();
  }
}
