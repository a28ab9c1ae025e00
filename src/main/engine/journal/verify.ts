import type { ReadableDb } from '../store/database.ts';
import { chainHash, GENESIS_HASH } from './chain.ts';

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

/** A row as a damaged file may give it: nothing is sure of its columns. */
interface RawRow {
  readonly seq: number;
  readonly body: unknown;
  readonly hash: unknown;
}

const PAGE = 5000;

/** Re-hashes the whole chain, page by page so that no read transaction lasts long. */
export function verifyChain(db: ReadableDb): Verified {
  const at = { first: null as number | null, last: 0, hash: GENESIS_HASH };
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
