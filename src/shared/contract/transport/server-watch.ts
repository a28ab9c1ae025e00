import type { Fault } from '../../lib/result.ts';
import type { WatchSink } from './backend.ts';
import { PendingUpdate } from './pending-update.ts';
import type { ServerFrame, WireUpdate } from './protocol.ts';

export interface ServerWatchParts {
  readonly id: number;
  readonly send: (frame: ServerFrame) => void;
  readonly nowMs: () => number;
  readonly laggedAfterMs: number;
  /** May an update leave now? False while the carrier is full; `flush` is called again later. */
  readonly mayLeave: () => boolean;
  /** Called once, when the engine ended the watch and its last frame left. */
  readonly onEnd: () => void;
}

/**
 * The engine's side of one watched view: sends an update, waits for its acknowledgement, merges
 * what happens meanwhile.
 */
export class ServerWatch implements WatchSink {
  readonly #parts: ServerWatchParts;
  readonly #shown = new Set<string>();
  #pending: PendingUpdate | null = null;
  #sent = 0;
  /** When the update that is not acknowledged yet left; null when nothing is under way. */
  #awaitedSinceMs: number | null = null;
  /** The last word was said that the screen is behind, and it has not caught up since. */
  #lagging = false;
  #ended = false;

  constructor(parts: ServerWatchParts) {
    this.#parts = parts;
  }

  update(update: WireUpdate): void {
    if (this.#ended) return;
    this.#pending ??= new PendingUpdate(this.#sent === 0);
    this.#pending.add(update, this.#shown);
    this.#noteLag();
    this.flush();
  }

  end(fault: Fault | null): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#sendPending();
    this.#parts.send({ t: 'end', id: this.#parts.id, fault });
    this.#parts.onEnd();
  }

  /** Ends without sending what waits: the caller may no longer see it. */
  revoke(fault: Fault): void {
    this.#pending = null;
    this.end(fault);
  }

  /** Nothing more is sent: the screen does not want it, or the connection is gone. */
  cancel(): void {
    this.#ended = true;
    this.#pending = null;
  }

  /** The screen has drawn update `n`. Anything but the awaited one is ignored; true if it was. */
  ack(n: number): boolean {
    if (this.#awaitedSinceMs === null || n !== this.#sent) return false;
    const waitedMs = this.#parts.nowMs() - this.#awaitedSinceMs;
    if (waitedMs <= this.#parts.laggedAfterMs) this.#lagging = false;
    else this.#noteLag();
    this.#awaitedSinceMs = null;
    this.flush();
    return true;
  }

  /** Sends what waits, if anything does and it may. */
  flush(): void {
    if (this.#ended || this.#awaitedSinceMs !== null || !this.#parts.mayLeave()) return;
    this.#sendPending();
  }

  get waiting(): boolean {
    return this.#pending !== null;
  }

  /** Tells the screen once per falling behind, and only when something really waits. */
  #noteLag(): void {
    if (this.#lagging || this.#pending === null || this.#awaitedSinceMs === null) return;
    if (this.#parts.nowMs() - this.#awaitedSinceMs <= this.#parts.laggedAfterMs) return;
    this.#lagging = true;
    this.#parts.send({ t: 'lagged', id: this.#parts.id });
  }

  #sendPending(): void {
    const pending = this.#pending;
    if (pending === null) return;
    const update = pending.merged();
    if (update.snapshot) this.#shown.clear();
    for (const key of update.drop) this.#shown.delete(key);
    for (const key of Object.keys(update.set)) this.#shown.add(key);
    this.#pending = null;
    this.#sent += 1;
    this.#awaitedSinceMs = this.#parts.nowMs();
    this.#parts.send({ t: 'update', id: this.#parts.id, n: this.#sent, ...update });
  }
}
