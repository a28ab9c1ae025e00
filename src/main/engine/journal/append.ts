import { type Actor, MAX_EVENT_BYTES } from '../../../shared/journal/envelope.ts';
import type { JournalEvent, NewEvent } from '../../../shared/journal/events.ts';
import { canonicalJson } from '../../../shared/lib/canonical.ts';
import type { WritableDb, Write } from '../store/database.ts';
import { chainHash, GENESIS_HASH, MOST_BYTES } from './chain.ts';
import { readHead } from './read.ts';

export interface Stamp {
  readonly atMs: number;
  readonly monoMs: number;
  readonly actor: Actor;
  readonly cause: number | null;
}

/**
 * Appends events inside the caller's transaction and keeps the chain's head in memory. After a
 * transaction that was rolled back the caller must call `reload`.
 */
export class JournalAppender {
  readonly console: string;
  readonly boot: string;
  readonly #db: WritableDb;
  readonly #insert: Write<[number, string, Buffer]>;
  #epoch = 1;
  #seq = 0;
  #hash: Buffer = GENESIS_HASH;
  #lastAtMs = 0;

  constructor(db: WritableDb, console: string, boot: string) {
    this.#db = db;
    this.console = console;
    this.boot = boot;
    this.#insert = db.write('INSERT INTO journal (seq, body, hash) VALUES (?, ?, ?)');
    this.reload();
  }

  get epoch(): number {
    return this.#epoch;
  }

  get seq(): number {
    return this.#seq;
  }

  get hash(): Buffer {
    return this.#hash;
  }

  /** The newest `at`: the next one is never smaller. */
  get lastAtMs(): number {
    return this.#lastAtMs;
  }

  /** Takes the head from the disk again. */
  reload(): void {
    const head = readHead(this.#db);
    this.#seq = head.seq;
    this.#hash = head.hash;
    this.#epoch = head.epoch;
    this.#lastAtMs = head.atMs;
  }

  append(event: NewEvent, stamp: Stamp): JournalEvent {
    const seq = this.#seq + 1;
    const at = Math.max(this.#lastAtMs, Math.round(stamp.atMs));
    const full = {
      console: this.console,
      epoch: this.#epoch,
      seq,
      at,
      deviceAt: event.deviceAt === undefined ? null : Math.round(event.deviceAt),
      mono: Math.round(stamp.monoMs),
      boot: this.boot,
      kind: event.kind,
      v: 1,
      actor: stamp.actor,
      cause: event.cause ?? stamp.cause,
      data: event.data,
    } as JournalEvent;
    const body = canonicalJson(full);
    if (isTooLong(body)) {
      throw new Error(`event ${event.kind} is larger than ${MAX_EVENT_BYTES} bytes`);
    }
    const hash = chainHash(this.#hash, body);
    this.#insert.run(seq, body, hash);
    this.#seq = seq;
    this.#hash = hash;
    this.#lastAtMs = at;
    return full;
  }
}

/** Counts the bytes only where there may be too many. */
function isTooLong(body: string): boolean {
  const mayBe = body.length * MOST_BYTES > MAX_EVENT_BYTES;
  return mayBe && Buffer.byteLength(body) > MAX_EVENT_BYTES;
}
