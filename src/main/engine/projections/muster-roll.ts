import type { Place } from '../../../shared/domain/place.ts';
import type { ReadableDb } from '../store/database.ts';
import type { MusterColumns, MusterPersonColumns } from './muster.ts';

/** Everybody of a muster, however many: for a list that is handed on. */
export interface MusterRoll {
  readonly muster: MusterColumns;
  readonly persons: readonly RollPerson[];
  /** There are more than are read: their number has a limit. */
  readonly cut: boolean;
}

export interface RollPerson {
  readonly person: string;
  /** Where the ledger had the person when it began; null for who is not on the list. */
  readonly place: Place | null;
  /** Where the ledger has the person now, and whether it is sure of that. */
  readonly now: Place | null;
  readonly unsure: boolean;
  readonly markedMs: number | null;
  readonly reader: string | null;
  readonly markedBy: string | null;
}

const MOST = 50_000;

type Joined = MusterPersonColumns & { now: string | null; unknown: number | null };

/** The newest muster with everybody of it, from one moment; null before the first one. */
export function musterRoll(db: ReadableDb, most = MOST): MusterRoll | null {
  return db.snapshot(() => {
    const newest = 'SELECT * FROM muster ORDER BY key DESC LIMIT 1';
    const muster = db.query<[], MusterColumns>(newest).get();
    if (muster === undefined) return null;
    const rows = db
      .query<[number, number], Joined>(
        `SELECT m.person, m.place, m.marked_ms, m.reader, m.marked_by, p.place AS now, p.unknown
         FROM muster_person m LEFT JOIN presence p ON p.person = m.person
         WHERE m.key = ? ORDER BY m.person LIMIT ?`,
      )
      .all(muster.key, most + 1);
    return { muster, persons: rows.slice(0, most).map(rollPerson), cut: rows.length > most };
  });
}

function rollPerson(row: Joined): RollPerson {
  const { marked_by: markedBy, marked_ms: markedMs, now, person, place, reader, unknown } = row;
  const places = { place, now } as { readonly place: Place | null; readonly now: Place | null };
  return { person, ...places, unsure: unknown === 1, markedMs, reader, markedBy };
}
