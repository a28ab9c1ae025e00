import type { WatchSink } from '../../../shared/contract/transport/backend.ts';
import type { ViewData, ViewName } from '../../../shared/contract/views.ts';
import type { Role } from '../../../shared/domain/role.ts';
import type { JournalEvent } from '../../../shared/journal/events.ts';
import { fail } from '../../../shared/lib/result.ts';
import { decodeTrusted, isKnown } from '../journal/read.ts';
import type { Segments } from '../journal/segments.ts';
import type { ViewSource } from './view-source.ts';

/** Screens are told at most this often … */
const FLUSH_MS = 100;
/** … except of these, which go out with the next turn of the loop. */
const AT_ONCE = /^(incident|gate|exception|board|muster|crossing\.referred)/;
/** A feed this many events behind starts its views afresh instead of reading on. */
const MAX_BEHIND = 4_000;
const TICK_MS = 1_000;

interface Watcher {
  readonly role: Role;
  readonly sink: WatchSink;
}

/** One view with its watchers and the rows they have been told. */
class LiveView {
  readonly source: ViewSource;
  readonly watchers = new Set<Watcher>();
  #rows = new Map<string, string>();
  #dirty = new Set<string>();

  constructor(source: ViewSource) {
    this.source = source;
  }

  add(watcher: Watcher, seq: number): void {
    if (this.watchers.size === 0) this.#reset();
    this.watchers.add(watcher);
    this.#tell(watcher, this.#rows.keys(), [], true, seq);
  }

  mark(event: JournalEvent): void {
    if (this.watchers.size === 0) return;
    for (const key of this.source.touched(event)) this.#dirty.add(key);
  }

  tick(): void {
    if (this.watchers.size === 0) return;
    for (const key of this.source.onTick?.() ?? []) this.#dirty.add(key);
  }

  flush(seq: number): void {
    if (this.#dirty.size === 0 || this.watchers.size === 0) return;
    const set: string[] = [];
    const drop: string[] = [];
    for (const key of this.#dirty) {
      const row = this.source.row(key);
      if (row === null) {
        if (this.#rows.delete(key)) drop.push(key);
        continue;
      }
      const text = JSON.stringify(row);
      if (this.#rows.get(key) === text) continue;
      this.#rows.set(key, text);
      set.push(key);
    }
    this.#dirty.clear();
    if (set.length + drop.length === 0) return;
    for (const watcher of this.watchers) this.#tell(watcher, set, drop, false, seq);
  }

  /** Every watcher gets a snapshot again. */
  restart(seq: number): void {
    if (this.watchers.size === 0) return;
    this.#reset();
    for (const watcher of this.watchers) this.#tell(watcher, this.#rows.keys(), [], true, seq);
  }

  #reset(): void {
    this.#dirty.clear();
    this.#rows = new Map();
    for (const [key, row] of this.source.snapshot()) this.#rows.set(key, JSON.stringify(row));
  }

  #tell(
    watcher: Watcher,
    keys: Iterable<string>,
    drop: readonly string[],
    snapshot: boolean,
    seq: number,
  ): void {
    const set: Record<string, unknown> = {};
    for (const key of keys) {
      const text = this.#rows.get(key);
      if (text === undefined) continue;
      const row = JSON.parse(text) as ViewData<ViewName>;
      set[key] = this.source.rowFor?.(watcher.role, row) ?? row;
    }
    watcher.sink.update({ snapshot, set, drop, seq });
  }
}

/**
 * Reads on from its own cursor when told "committed up to N", and tells the screens what changed:
 * at most ten times a second, alarms and command states at once.
 */
export class Feed {
  readonly #segments: Segments;
  readonly #views = new Map<string, LiveView>();
  readonly #head: () => number;
  #seq: number;
  #timer: NodeJS.Timeout | undefined;
  #urgent = false;
  #tick: NodeJS.Timeout;

  constructor(segments: Segments, sources: readonly ViewSource[], head: () => number) {
    this.#segments = segments;
    this.#head = head;
    this.#seq = head();
    for (const source of sources) this.#views.set(source.name, new LiveView(source));
    this.#tick = setInterval(() => {
      for (const view of this.#views.values()) view.tick();
      this.#flush();
    }, TICK_MS);
  }

  /** "Committed up to N": read on soon, at once for what cannot wait. */
  committed(urgent: boolean): void {
    if (urgent && !this.#urgent) {
      this.#urgent = true;
      clearTimeout(this.#timer);
      this.#timer = undefined;
      setImmediate(() => this.#flush());
    } else if (this.#timer === undefined && !this.#urgent) {
      this.#timer = setTimeout(() => this.#flush(), FLUSH_MS);
    }
  }

  /** A view changed past the journal: whoever watches it is told soon, without the next tick. */
  look(name: ViewName): void {
    this.#views.get(name)?.tick();
    this.committed(false);
  }

  watch(name: string, role: Role, sink: WatchSink): () => void {
    const view = this.#views.get(name);
    if (view === undefined) {
      const unknown = fail('unknown-view', `there is no view ${name}`);
      sink.end(unknown.fault);
      return () => undefined;
    }
    this.#read();
    const watcher = { role, sink };
    view.flush(this.#seq);
    view.add(watcher, this.#seq);
    return () => void view.watchers.delete(watcher);
  }

  stop(): void {
    clearInterval(this.#tick);
    clearTimeout(this.#timer);
    for (const view of this.#views.values()) {
      for (const watcher of view.watchers) watcher.sink.end(null);
      view.watchers.clear();
    }
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#urgent = false;
    this.#read();
    for (const view of this.#views.values()) view.flush(this.#seq);
  }

  #read(): void {
    const head = this.#head();
    if (head === this.#seq) return;
    if (head - this.#seq > MAX_BEHIND) {
      this.#seq = head;
      for (const view of this.#views.values()) view.restart(head);
      return;
    }
    const { epoch } = this.#segments.live;
    const rows = this.#segments.readAfter(epoch, this.#seq, MAX_BEHIND, 64_000_000);
    for (const row of rows) {
      this.#seq = row.seq;
      const event = decodeTrusted(row.body);
      if (!isKnown(event)) continue;
      for (const view of this.#views.values()) view.mark(event);
    }
  }
}

/** True for a kind of event that the screens must show at once. */
export function isUrgent(kind: string): boolean {
  return AT_ONCE.test(kind);
}
