import type { ReadableDb, WritableDb } from '../store/database.ts';
import { GENESIS_HASH } from './chain.ts';
import { SEGMENTS_SINCE } from './schema.ts';

/** Which part of the journal a file holds, and what stands before its first event. */
export interface SegmentHeader {
  readonly ordinal: number;
  readonly state: 'preparing' | 'open' | 'sealed';
  readonly epoch: number;
  /** The seq before its first event: 0 at the beginning of an epoch. */
  readonly baseSeq: number;
  /** The hash that its first event follows on. */
  readonly baseHash: Buffer;
  /** When the event before it was written, ms; 0 where there is none. */
  readonly baseAtMs: number;
}

/** What a file is that was written before journals had segments. */
const ALONE: SegmentHeader = {
  ...{ ordinal: 1, state: 'open', epoch: 1 },
  ...{ baseSeq: 0, baseHash: GENESIS_HASH, baseAtMs: 0 },
};

export function readHeader(db: ReadableDb): SegmentHeader {
  if ((db.pragma('user_version') as number) < SEGMENTS_SINCE) return ALONE;
  const header = db
    .query<[], SegmentHeader>(
      `SELECT ordinal, state, epoch, base_seq AS baseSeq, base_hash AS baseHash,
         base_at AS baseAtMs FROM segment`,
    )
    .get();
  return header ?? ALONE;
}

/** Inside the caller's transaction. What a file is can be said until it is `open`, never after. */
export function writeHeader(db: WritableDb, header: SegmentHeader): void {
  const { ordinal, state, epoch, baseSeq, baseHash, baseAtMs } = header;
  db.write<[number, string, number, number, Buffer, number]>(
    `UPDATE segment SET ordinal = ?, state = ?, epoch = ?, base_seq = ?, base_hash = ?, base_at = ?
     WHERE id = 1`,
  ).run(ordinal, state, epoch, baseSeq, baseHash, baseAtMs);
}

/** Nothing more may be written into this file: in the transaction of its last event. */
export function sealHeader(db: WritableDb): void {
  db.write<[]>("UPDATE segment SET state = 'sealed' WHERE id = 1").run();
}
