import type { PresenceAsk, PresenceLedger } from '../../../shared/contract/presence-queries.ts';
import type { CrossingState } from '../../../shared/domain/crossing.ts';
import { correctionOfKey } from '../../../shared/domain/ids.ts';
import type { Place } from '../../../shared/domain/place.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { Move } from '../../../shared/presence/stays.ts';
import type { Segments } from '../journal/segments.ts';
import { type ReadRows, readAcross } from './across-segments.ts';

/** Seven years of four crossings a day are ten thousand. */
const MOST_CROSSINGS = 12_000;

/** The columns that a move is made of. */
export interface MoveColumns {
  readonly key: number;
  readonly crossing: string;
  readonly at_ms: number;
  readonly admitted_ms: number | null;
  readonly from_place: Place;
  readonly to_place: Place;
  readonly state: CrossingState;
}

export interface CorrectionColumns {
  readonly key: number;
  readonly place: Place;
  readonly at_ms: number;
  readonly crossing: string | null;
}

/**
 * What the journal and the permits say of where a person was. Fails with `no-person` where there is
 * neither.
 */
export function presenceLedger(segments: Segments, of: PresenceAsk): Result<PresenceLedger> {
  const { moves, cut } = personMoves(segments, of.person);
  if (of.permits.length === 0 && moves.length === 0) {
    return fail('no-person', `there is no person ${of.person}, and no crossing of one`);
  }
  return ok({ ...of, moves: [...moves], cut });
}

interface PersonMoves {
  readonly moves: readonly Move[];
  /** True where there were more crossings than are read: the oldest are left out. */
  readonly cut: boolean;
}

export const MOVE_COLUMNS = 'key, crossing, at_ms, admitted_ms, from_place, to_place, state';
/** Taken, perhaps taken, or opened for by a board alone. */
export const IS_MOVE = `(state IN ('passed', 'unknown') OR granted = 1)`;
export const CORRECTIONS =
  'SELECT key, place, at_ms, crossing FROM correction WHERE person = ? ORDER BY key';

/**
 * All moves of a person out of all segments, in their order in time: crossings that were taken or
 * may have been, and corrections. Where a person decided whether somebody went through, the
 * crossing stands as decided.
 */
export function personMoves(
  segments: Segments,
  person: string,
  most = MOST_CROSSINGS,
): PersonMoves {
  const read: ReadRows<MoveColumns> = (db, { low, high, limit }) => {
    const sql = `SELECT ${MOVE_COLUMNS} FROM crossing WHERE person = ? AND key >= ? AND key <= ?
      AND ${IS_MOVE} ORDER BY key DESC LIMIT ?`;
    const rows = db
      .query<[string, number, number, number], MoveColumns>(sql)
      .all(person, low, high, limit);
    return { rows, reached: null };
  };
  const range = { low: 0, high: Number.MAX_SAFE_INTEGER, limit: most + 1 };
  const { rows } = readAcross(segments, 'crossing', read, range);
  const corrections = segments.all.flatMap(({ db }) =>
    db.query<[string], CorrectionColumns>(CORRECTIONS).all(person),
  );
  return { moves: movesOf(rows.slice(0, most), corrections), cut: rows.length > most };
}

/** Moves with the key that orders those of one moment. */
type Keyed = Move & { readonly key: number };

/** Moves in their order in time: see `personMoves`. */
export function movesOf(
  crossings: readonly MoveColumns[],
  corrections: readonly CorrectionColumns[],
): Move[] {
  const unknown = new Map(
    crossings.filter(({ state }) => state === 'unknown').map((row) => [row.crossing, row]),
  );
  const taken = new Map<string, boolean>();
  const moves: Keyed[] = [];
  for (const { key, place, at_ms: atMs, crossing } of corrections) {
    const row = crossing === null ? undefined : unknown.get(crossing);
    const isAnswer = row !== undefined && [row.from_place, row.to_place].includes(place);
    if (isAnswer) taken.set(row.crossing, place === row.to_place);
    else {
      const source = correctionOfKey(key);
      moves.push({ atMs, from: null, to: place, certain: true, source, key });
    }
  }
  for (const row of crossings) {
    const { key, crossing: source, from_place: from, to_place: to, state } = row;
    const isTaken = state === 'unknown' ? taken.get(source) : true;
    if (isTaken === false) continue;
    moves.push({ atMs: happenedMs(row), from, to, certain: isTaken === true, source, key });
  }
  moves.sort((a, b) => a.atMs - b.atMs || a.key - b.key);
  return moves.map(({ key: _, ...move }) => move);
}

/**
 * Admitted, a gate opens and the person goes through within seconds: so it happened then, whenever
 * the board told of it. What the board decided alone is as old as the board says.
 */
export function happenedMs({
  at_ms: atMs,
  admitted_ms: admittedMs,
}: Pick<MoveColumns, 'at_ms' | 'admitted_ms'>): number {
  return admittedMs ?? atMs;
}
