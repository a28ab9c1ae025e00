import { Envelope } from '../../../shared/journal/envelope.ts';
import {
  eventSchemas,
  isKnownKind,
  type JournalEvent,
  type UnknownEvent,
} from '../../../shared/journal/events.ts';
import type { ReadableDb } from '../store/database.ts';
import { readHeader } from './segment-header.ts';

export interface StoredEvent {
  readonly seq: number;
  readonly body: string;
  readonly hash: Buffer;
}

export interface Head {
  readonly epoch: number;
  readonly seq: number;
  readonly hash: Buffer;
  readonly atMs: number;
}

export function readHead(db: ReadableDb): Head {
  const row = db
    .query<[], StoredEvent>('SELECT seq, body, hash FROM journal ORDER BY seq DESC LIMIT 1')
    .get();
  if (row === undefined) {
    const { epoch, baseSeq, baseHash, baseAtMs } = readHeader(db);
    return { epoch, seq: baseSeq, hash: baseHash, atMs: baseAtMs };
  }
  const envelope = JSON.parse(row.body) as { epoch: number; at: number };
  return { epoch: envelope.epoch, seq: row.seq, hash: row.hash, atMs: envelope.at };
}

/** Events after `seq`, bounded by rows and by bytes of their bodies (at least one if any). */
export function readAfter(
  db: ReadableDb,
  seq: number,
  maxRows: number,
  maxBytes: number,
): StoredEvent[] {
  const rows = db
    .query<[number, number], StoredEvent>(
      'SELECT seq, body, hash FROM journal WHERE seq > ? ORDER BY seq LIMIT ?',
    )
    .iterate(seq, maxRows);
  const taken: StoredEvent[] = [];
  let bytes = 0;
  for (const row of rows) {
    bytes += Buffer.byteLength(row.body);
    if (taken.length > 0 && bytes > maxBytes) break;
    taken.push(row);
  }
  return taken;
}

/** The chain's hash at an event, or before the first one of this file; null for any other. */
export function hashAt(db: ReadableDb, seq: number): Buffer | null {
  const row = db
    .query<[number], { hash: Buffer }>('SELECT hash FROM journal WHERE seq = ?')
    .get(seq);
  if (row !== undefined) return row.hash;
  const { baseSeq, baseHash } = readHeader(db);
  return seq === baseSeq ? baseHash : null;
}

/** An event as it was written by this console: trusted, so only its kind is looked at. */
export function decodeTrusted(body: string): JournalEvent | UnknownEvent {
  return JSON.parse(body) as JournalEvent | UnknownEvent;
}

/** True for an event whose kind this version knows. */
export function isKnown(event: JournalEvent | UnknownEvent): event is JournalEvent {
  return isKnownKind(event.kind);
}

/** Parses an event in full, as tests and tools do; throws with the field that is wrong. */
export function decodeStrict(body: string): JournalEvent | UnknownEvent {
  const envelope = Envelope.parse(JSON.parse(body));
  if (!isKnownKind(envelope.kind)) return envelope;
  eventSchemas[envelope.kind].parse(envelope.data);
  return envelope;
}
