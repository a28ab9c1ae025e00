import { createHash } from 'node:crypto';
import {
  type CentreBatch,
  type JournalHead,
  type JournalRow,
  type JournalSource,
  ZERO_HASH,
} from '../../src/main/engine/sync/centre-port.ts';

/** The hash of an event that follows `previous`, as the journal and the centre compute it. */
export function chainHash(previous: Uint8Array, body: string): Uint8Array {
  return createHash('sha256').update(previous).update(body, 'utf8').digest();
}

/** A hash-chained journal in memory, with bodies of the size and shape of real ones. */
export class MemoryJournal implements JournalSource {
  readonly rows: JournalRow[] = [];
  readonly #console: string;
  /** The most rows that one read was asked for: a read must stay short. */
  mostAsked = 0;
  readonly #parent: MemoryJournal | null;
  epoch = 1;

  /** `parent`: the epoch before, which this one goes on from. */
  constructor(consoleId = 'C7', parent: MemoryJournal | null = null) {
    this.#console = consoleId;
    this.#parent = parent;
    if (parent !== null) this.epoch = parent.epoch + 1;
  }

  /** The first event of an epoch, as the console writes it: from where it goes on. */
  open(): void {
    const parent = this.#parent?.head() ?? this.head();
    const data = {
      parentEpoch: parent.epoch,
      parentSeq: parent.seq,
      parentHash: Buffer.from(parent.hash).toString('hex'),
    };
    const { epoch } = this;
    this.append(
      JSON.stringify({ console: this.#console, data, epoch, kind: 'epoch.opened', seq: 1 }),
    );
  }

  /** The same journal as far as `seq`: a copy that was made then. */
  copyTo(seq: number): MemoryJournal {
    const copy = new MemoryJournal(this.#console, this.#parent);
    copy.rows.push(...this.rows.slice(0, seq));
    return copy;
  }

  /** Appends so many ordinary events. */
  grow(count: number, word = 'crossing.admitted'): void {
    for (let i = 0; i < count; i += 1) this.append(this.#body(word));
  }

  append(body: string): JournalRow {
    const row = { seq: this.rows.length + 1, body, hash: chainHash(this.head().hash, body) };
    this.rows.push(row);
    return row;
  }

  head(): JournalHead {
    const last = this.rows.at(-1);
    return { epoch: this.epoch, seq: last?.seq ?? 0, hash: last?.hash ?? ZERO_HASH };
  }

  earlier(): readonly MemoryJournal[] {
    return this.#parent === null ? [] : [...this.#parent.earlier(), this.#parent];
  }

  headSeq(): number {
    return this.rows.length;
  }

  readAfter(seq: number, maxRows: number, maxBytes: number): readonly JournalRow[] {
    this.mostAsked = Math.max(this.mostAsked, maxRows);
    const read: JournalRow[] = [];
    let bytes = 0;
    for (const row of this.rows.slice(seq, seq + maxRows)) {
      bytes += Buffer.byteLength(row.body);
      if (read.length > 0 && bytes > maxBytes) break;
      read.push(row);
    }
    return read;
  }

  hashAt(seq: number): Uint8Array | null {
    return this.rows[seq - 1]?.hash ?? null;
  }

  batch(from: number, to: number): CentreBatch {
    return { epoch: this.epoch, rows: this.rows.slice(from - 1, to) };
  }

  #body(kind: string): string {
    const seq = this.rows.length + 1;
    return JSON.stringify({
      actor: { device: '405419896', type: 'device' },
      at: 1_795_397_399_000 + seq,
      boot: 'b1c2d3e4',
      cause: seq - 1,
      console: this.#console,
      data: {
        badge: String(10_000_000 + seq),
        checkpoint: `CP-${seq % 8}`,
        crossing: `X${this.epoch}-${seq}`,
        lane: `L${seq % 24}`,
        permit: `P-${seq * 7}`,
        regime: 'cma-buffer-zone',
        version: 3,
      },
      deviceAt: 1_795_397_398_000 + seq,
      epoch: this.epoch,
      kind,
      mono: seq * 10,
      seq,
      v: 1,
    });
  }
}
