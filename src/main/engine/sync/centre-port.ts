import type { Result } from '../../../shared/lib/result.ts';

/** The hash before an epoch's first event. */
export const ZERO_HASH: Uint8Array = new Uint8Array(32);

/** One event as the journal stores it: `body` is the very text that was hashed, in UTF-8. */
export interface JournalRow {
  readonly seq: number;
  readonly body: string;
  readonly hash: Uint8Array;
}

/** Where a journal stands: its epoch, last seq (0 when empty) and that event's hash. */
export interface JournalHead {
  readonly epoch: number;
  readonly seq: number;
  readonly hash: Uint8Array;
}

/**
 * The journal as the uploader reads it, on a connection of its own or on the engine's. Every call
 * is short: `readAfter` is asked for few rows at a time.
 */
export interface JournalSource {
  head(): JournalHead;
  /** The seq of the head alone: cheap enough to be asked every tick. */
  headSeq(): number;
  /**
   * The events after `seq` in order, at most `maxRows` and about `maxBytes` of body, at least one
   * when there is one.
   */
  readAfter(seq: number, maxRows: number, maxBytes: number): readonly JournalRow[];
  /** The hash of one event, null when the journal does not have it. */
  hashAt(seq: number): Uint8Array | null;
  /** When an event was written (ms on the zone's calendar): only to show how old a backlog is. */
  atOf?(seq: number): number | null;
  /** The epochs before this one that are still here, oldest first. */
  earlier(): readonly JournalSource[];
}

/**
 * What a refusal means for the uploader:
 * - `lost`: no answer, or none that means anything; ask again later
 * - `busy`: the centre could not do it just now; smaller, and again
 * - `too-large`: smaller, and again
 * - `resume`: the centre stands elsewhere than thought; ask it where
 * - `fork`: the centre holds another journal under this console's name
 * - `refused`: a person has to mend something, here or there
 */
export type CentreFaultKind = 'lost' | 'busy' | 'too-large' | 'resume' | 'fork' | 'refused';

export interface CentreFault {
  readonly kind: CentreFaultKind;
  readonly code: string;
  readonly text: string;
}

/**
 * What people here must know of though the centre refused nothing:
 * - `centre-second-console`: another console signs in under this one's name
 * - `centre-went-back`: the centre was restored from an earlier copy
 * - `centre-epoch`: this journal and the centre do not have the same of the epoch before
 * - `centre-upkeep`: the centre's own upkeep is not done
 */
export type CentreNoticeCode =
  | 'centre-second-console'
  | 'centre-went-back'
  | 'centre-epoch'
  | 'centre-upkeep';

export interface CentreNotice {
  readonly code: CentreNoticeCode;
  readonly text: string;
}

/** Where the centre says this console's epoch stands, and how much it takes in one batch. */
export interface CentreHello {
  readonly ackedSeq: number;
  readonly ackedHash: Uint8Array;
  readonly epochState: 'new' | 'open' | 'closed';
  readonly maxRows: number;
  readonly maxBytes: number;
  /** The centre's own clock, ms since 1970. */
  readonly nowMs: number;
  readonly notices: readonly CentreNotice[];
}

export interface CentreAck {
  readonly ackedSeq: number;
  readonly ackedHash: Uint8Array;
}

/** A run of events without a hole, not empty. */
export interface CentreBatch {
  readonly epoch: number;
  readonly rows: readonly JournalRow[];
}

/**
 * The centre, whatever carries it. Calls never throw for what the centre or the line does. One
 * call at a time; after `close` the next call opens a new connection.
 */
export interface CentrePort {
  hello(head: JournalHead): Promise<Result<CentreHello, CentreFault>>;
  push(batch: CentreBatch): Promise<Result<CentreAck, CentreFault>>;
  /** Drops the connection at once, whatever is under way on it. */
  close(): void;
}

export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
