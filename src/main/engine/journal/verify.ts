import type { ReadableDb } from '../store/database.ts';
import { chainHash, GENESIS_HASH } from './chain.ts';
import type { StoredEvent } from './read.ts';

export interface Verified {
  readonly events: number;
  readonly first: number | null;
  readonly last: number | null;
  readonly head: string;
  /** The first fault, if any: the exact seq and what is wrong there. */
  readonly fault: { readonly seq: number; readonly text: string } | null;
}

const PAGE = 5000;

/** Re-hashes the whole chain, page by page so that no read transaction lasts long. */
export function verifyChain(db: ReadableDb): Verified {
  const page = db.query<[number, number], StoredEvent>(
    'SELECT seq, body, hash FROM journal WHERE seq > ? ORDER BY seq LIMIT ?',
  );
  let previous: Buffer = GENESIS_HASH;
  let first: number | null = null;
  let last = 0;
  for (;;) {
    const rows = page.all(last, PAGE);
    for (const row of rows) {
      const text = faultOf(row, last + 1, previous);
      if (text !== null) {
        const events = first === null ? 0 : last - first + 1;
        const seq = row.seq === last + 1 ? row.seq : last + 1;
        return { events, first, last, head: previous.toString('hex'), fault: { seq, text } };
      }
      first ??= row.seq;
      last = row.seq;
      previous = row.hash;
    }
    if (rows.length < PAGE) break;
  }
  const events = first === null ? 0 : last - first + 1;
  const fault = tailFault(db, last);
  return { events, first, last: first === null ? null : last, head: previous.toString('hex'), fault };
}

function faultOf(row: StoredEvent, expected: number, previous: Buffer): string | null {
  if (row.seq !== expected) return `the event is missing (the next one is ${row.seq})`;
  if (!chainHash(previous, row.body).equals(row.hash)) return 'the hash does not fit the event';
  const said = seqInside(row.body);
  return said === row.seq ? null : `the event says it is seq ${String(said)}`;
}

function seqInside(body: string): number | null {
  try {
    return (JSON.parse(body) as { seq?: number }).seq ?? null;
  } catch {
    return null;
  }
}

/**
 * A plain chain does not show a cut tail. What the projections have applied is a second witness:
 * the journal may never end before it.
 */
function tailFault(db: ReadableDb, last: number): Verified['fault'] {
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
