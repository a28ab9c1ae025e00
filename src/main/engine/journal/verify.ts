import type { JournalEvent } from '../../../shared/journal/events.ts';
import type { ReadableDb } from '../store/database.ts';
import { chainHash, GENESIS_HASH } from './chain.ts';
import { decodeTrusted } from './read.ts';
import { readHeader } from './segment-header.ts';
import type { Segment, Segments } from './segments.ts';

export interface ChainFault {
  readonly seq: number;
  readonly text: string;
}

export interface Verified {
  readonly events: number;
  readonly first: number | null;
  readonly last: number | null;
  readonly head: string;
  /** The first fault, if any: the exact seq and what is wrong there. */
  readonly fault: ChainFault | null;
}

export interface VerifiedJournal extends Verified {
  /** How many were looked at. */
  readonly segments: number;
}

/** A row as a damaged file may give it: nothing is sure of its columns. */
interface RawRow {
  readonly seq: number;
  readonly body: unknown;
  readonly hash: unknown;
}

const PAGE = 5000;

/**
 * Re-hashes the chain of one segment on from what its header says stood before it, page by page so
 * that no read transaction lasts long.
 */
export function verifyChain(db: ReadableDb): Verified {
  const { baseSeq, baseHash } = readHeader(db);
  const at = { first: null as number | null, last: baseSeq, hash: baseHash };
  let fault: ChainFault | null = null;
  for (let more = true; more && fault === null; ) {
    const before = at.last;
    // The end of the journal and what the projections say of it are read at the same moment, since
    // a running console goes on writing.
    fault = db.snapshot(() => {
      const found = verifyPage(db, at);
      more = at.last - before === PAGE;
      return found ?? (more ? null : tailFault(db, at.last));
    });
  }
  const { first, last, hash } = at;
  const events = first === null ? 0 : last - first + 1;
  return { events, first, last: first === null ? null : last, head: hash.toString('hex'), fault };
}

/**
 * Re-hashes a whole journal: each segment's chain, and that each goes on where the one before it
 * ended, so that no file can be left out, put elsewhere or cut short.
 */
export function verifyJournal(segments: Segments): VerifiedJournal {
  const found = { events: 0, segments: 0, first: null as number | null };
  let before: Verified | null = null;
  for (const segment of segments.all) {
    const start = startFault(segment, before, segments.all[found.segments - 1]);
    const chain: Verified = verifyChain(segment.db);
    found.segments += 1;
    found.events += chain.events;
    found.first ??= chain.first;
    before = { ...chain, last: chain.last ?? segment.baseSeq };
    const fault = start ?? chain.fault;
    if (fault !== null) return { ...chain, ...found, fault };
  }
  const { last = null, head = GENESIS_HASH.toString('hex') } = before ?? {};
  return { ...found, last: found.first === null ? null : last, head, fault: null };
}

/** What is wrong with the place that a segment says it has in the journal. */
function startFault(
  { db, ordinal, epoch, baseSeq, baseHash }: Segment,
  before: Verified | null,
  previous: Segment | undefined,
): ChainFault | null {
  const text = (what: string) => ({ seq: baseSeq + 1, text: `segment ${ordinal} ${what}` });
  if (before === null || previous === undefined) {
    const begins = ordinal === 1 && baseSeq === 0 && baseHash.equals(GENESIS_HASH);
    return begins ? null : text('is not the first: what came before it is missing');
  }
  if (epoch > previous.epoch && baseSeq === 0 && baseHash.equals(GENESIS_HASH)) {
    const goesOn = parentOf(db) === `${previous.epoch}/${before.last}/${before.head}`;
    return goesOn ? null : text('does not say that its epoch goes on from the one before it');
  }
  if (before.head !== baseHash.toString('hex')) {
    return text('does not go on from the one before it');
  }
  const goesOn = epoch === previous.epoch && baseSeq === before.last;
  if (!goesOn) return text('does not begin where the one before it ends');
  return isSealed(previous, baseSeq) ? null : text('follows on one without its seal');
}

/** From which event an epoch says that it goes on: `epoch/seq/hash`; null where it says nothing. */
function parentOf(db: ReadableDb): string | null {
  const event = eventAt(db, 1);
  if (event.kind !== 'epoch.opened') return null;
  const { parentEpoch, parentSeq, parentHash } = event.data;
  return `${parentEpoch}/${parentSeq}/${parentHash}`;
}

function eventAt(db: ReadableDb, seq: number): JournalEvent {
  const row = db.query<[number], { body: string }>('SELECT body FROM journal WHERE seq = ?');
  return decodeTrusted(row.get(seq)?.body ?? '{}') as JournalEvent;
}

/** True where the segment's last event is its seal, which says how many there are. */
function isSealed({ db, ordinal, baseSeq }: Segment, last: number): boolean {
  const event = eventAt(db, last);
  if (event.kind !== 'segment.sealed') return false;
  const { data } = event;
  return (
    data.ordinal === ordinal && data.firstSeq === baseSeq + 1 && data.events === last - baseSeq
  );
}

/** Moves `at` over the sound events of one page; returns the first fault, if any. */
function verifyPage(
  db: ReadableDb,
  at: { first: number | null; last: number; hash: Buffer },
): ChainFault | null {
  const page = db.query<[number, number], RawRow>(
    'SELECT seq, body, hash FROM journal WHERE seq > ? ORDER BY seq LIMIT ?',
  );
  try {
    for (const row of page.iterate(at.last, PAGE)) {
      const expected = at.last + 1;
      const text = faultOf(row, expected, at.hash);
      if (text !== null) return { seq: expected, text };
      at.first ??= row.seq;
      at.last = row.seq;
      at.hash = row.hash as Buffer;
    }
    return null;
  } catch (error) {
    if (!((error as { code?: string }).code ?? '').startsWith('SQLITE_CORRUPT')) throw error;
    return { seq: at.last + 1, text: `the file is damaged here: ${(error as Error).message}` };
  }
}

function faultOf(row: RawRow, expected: number, previous: Buffer): string | null {
  if (row.seq !== expected) return `the event is missing (the next one is ${row.seq})`;
  if (typeof row.body !== 'string' || !Buffer.isBuffer(row.hash))
    return 'the event is not readable';
  if (!chainHash(previous, row.body).equals(row.hash)) return 'the hash does not fit the event';
  const said = seqInside(row.body);
  return said === row.seq ? null : `the event says it is seq ${String(said)}`;
}

function seqInside(body: string): number | null {
  try {
    return (JSON.parse(body) as { seq?: number } | null)?.seq ?? null;
  } catch {
    return null;
  }
}

/**
 * A plain chain does not show a cut tail. What the projections have applied is a second witness:
 * the journal may never end before it.
 */
function tailFault(db: ReadableDb, last: number): ChainFault | null {
  const has = db
    .query<[], { n: number }>(
      "SELECT count(*) AS n FROM sqlite_master WHERE name = 'projection_state'",
    )
    .get();
  if (has === undefined || has.n === 0) return null;
  const row = db.query<[], { seq: number }>('SELECT seq FROM projection_state').get();
  if (row === undefined || row.seq <= last) return null;
  return { seq: last + 1, text: `events up to ${row.seq} were applied but are not there` };
}
