import type {
  CentreAck,
  CentreBatch,
  CentreFault,
  CentreFaultKind,
  CentreHello,
  CentreNotice,
  CentrePort,
  JournalHead,
  JournalRow,
} from '../../src/main/engine/sync/centre-port.ts';
import { sameHash, ZERO_HASH } from '../../src/main/engine/sync/centre-port.ts';
import type { Result } from '../../src/shared/lib/result.ts';
import { chainHash } from './memory-journal.ts';

/** What happens to one call. */
export type Mishap =
  | 'none'
  /** Fails before the centre saw it. */
  | 'lost-before'
  /** The centre did it, the answer is lost. */
  | 'lost-after'
  /** Never answers, never done. */
  | 'hang'
  /** Is done, and answers, only when the next call comes. */
  | 'late'
  /** Asks to be sent less. */
  | 'busy'
  | 'throws';

function fault(kind: CentreFaultKind, code: string): { ok: false; fault: CentreFault } {
  return { ok: false, fault: { kind, code, text: code } };
}

/** A centre in memory by the same rules as the real one, with mishaps from a list. */
export class MemoryCentre implements CentrePort {
  held: JournalRow[] = [];
  readonly #mishaps: Mishap[];
  #late: (() => void) | null = null;
  maxRows = 1000;
  maxBytes = 524_288;
  closedBefore = 0;
  hellos = 0;
  /** What its greetings' answers tell besides. */
  notices: readonly CentreNotice[] = [];
  /** Rows in each batch that came, whatever became of it. */
  readonly sizes: number[] = [];
  /** More than one call under way at a time, which must never be. */
  overlapped = false;
  #underWay = false;

  constructor(mishaps: readonly Mishap[] = []) {
    this.#mishaps = [...mishaps];
  }

  get pushes(): number {
    return this.sizes.length;
  }

  hello(head: JournalHead): Promise<Result<CentreHello, CentreFault>> {
    this.hellos += 1;
    return this.#call(() => ({
      ok: true,
      value: {
        ackedSeq: this.held.length,
        ackedHash: this.#headHash(),
        epochState: this.#epochState(head),
        maxRows: this.maxRows,
        maxBytes: this.maxBytes,
        nowMs: 0,
        notices: this.notices,
      },
    }));
  }

  push(batch: CentreBatch): Promise<Result<CentreAck, CentreFault>> {
    this.sizes.push(batch.rows.length);
    return this.#call(() => this.#take(batch));
  }

  close(): void {
    this.#underWay = false;
  }

  /** Restored from a copy: it knows only so many events. Nothing of before arrives any more. */
  goBack(to: number): void {
    this.held = this.held.slice(0, to);
    this.#late = null;
  }

  #epochState(head: JournalHead): CentreHello['epochState'] {
    if (head.epoch < this.closedBefore) return 'closed';
    return this.held.length === 0 ? 'new' : 'open';
  }

  #headHash(): Uint8Array {
    return this.held.at(-1)?.hash ?? ZERO_HASH;
  }

  #call<T>(work: () => Result<T, CentreFault>): Promise<Result<T, CentreFault>> {
    if (this.#underWay) this.overlapped = true;
    this.#late?.();
    this.#late = null;
    const mishap = this.#mishaps.shift() ?? 'none';
    switch (mishap) {
      case 'none':
        return Promise.resolve(work());
      case 'lost-before':
        return Promise.resolve(fault('lost', 'broken-off'));
      case 'lost-after':
        work();
        return Promise.resolve(fault('lost', 'broken-off'));
      case 'busy':
        return Promise.resolve(fault('busy', 'serialization'));
      case 'throws':
        return Promise.reject(new Error('a carrier that throws'));
      case 'late':
        this.#underWay = true;
        return new Promise((resolve) => {
          this.#late = () => resolve(work());
        });
      case 'hang':
        this.#underWay = true;
        return new Promise(() => {});
    }
  }

  #take(batch: CentreBatch): Result<CentreAck, CentreFault> {
    const first = batch.rows[0]?.seq ?? 0;
    const last = batch.rows.at(-1)?.seq ?? 0;
    const bytes = batch.rows.reduce((sum, row) => sum + Buffer.byteLength(row.body), 0);
    if (batch.rows.length > this.maxRows) return fault('too-large', 'too-many-rows');
    if (bytes > this.maxBytes) return fault('too-large', 'too-many-bytes');
    if (batch.epoch < this.closedBefore) return fault('refused', 'epoch-closed');
    const head = this.held.length;
    if (first > head + 1) return fault('resume', 'gap');
    const compared = batch.rows[Math.min(last, head) - first];
    const held = this.held[Math.min(last, head) - 1];
    if (compared && held && !sameHash(compared.hash, held.hash)) return fault('fork', 'fork');
    const added: JournalRow[] = [];
    let previous = this.#headHash();
    for (const row of batch.rows.slice(Math.max(0, head - first + 1))) {
      if (!sameHash(chainHash(previous, row.body), row.hash)) return fault('refused', 'wrong-hash');
      added.push(row);
      previous = row.hash;
    }
    this.held.push(...added);
    return { ok: true, value: { ackedSeq: this.held.length, ackedHash: this.#headHash() } };
  }
}
