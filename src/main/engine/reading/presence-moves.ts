import type { PresenceAsk, PresenceLedger } from '../../../shared/contract/queries.ts';
import type { CrossingState } from '../../../shared/domain/crossing.ts';
import { correctionOfKey, keyOf } from '../../../shared/domain/ids.ts';
import type { Place } from '../../../shared/domain/place.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { Move } from '../../../shared/presence/stays.ts';
import type { Segments } from '../journal/segments.ts';
import { correctionRows } from '../projections/correction-row.ts';
import { correctionsWhere, filesOf, inForce, lastOf } from '../projections/corrections-of.ts';
import type { FactCorrectionColumns } from '../projections/fact-correction.ts';
import { type ReadRows, readAcross } from './across-segments.ts';

/** Seven years of four crossings a day are ten thousand. */
const MOST_CROSSINGS = 12_000;

interface CrossingRow {
  readonly key: number;
  readonly crossing: string;
  readonly at_ms: number;
  readonly admitted_ms: number | null;
  readonly from_place: Place;
  readonly to_place: Place;
  readonly state: CrossingState;
}

interface CorrectionRow {
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
  const { corrected, moves, cut } = personMoves(segments, of.person);
  if (of.permits.length === 0 && moves.length === 0) {
    return fail('no-person', `there is no person ${of.person}, and no crossing of one`);
  }
  const corrections = correctionRows(segments, corrected);
  return ok({ ...of, moves: [...moves], cut, corrections });
}

interface PersonMoves {
  readonly moves: readonly Move[];
  /** True where there were more crossings than are read: the oldest are left out. */
  readonly cut: boolean;
  /** What two persons put right of them. */
  readonly corrected: readonly FactCorrectionColumns[];
}

const COLUMNS = 'key, crossing, at_ms, admitted_ms, from_place, to_place, state';

/**
 * All moves of a person out of all segments, in their order in time: crossings that were taken or
 * may have been, and corrections. Where a person decided whether somebody went through, the
 * crossing stands as decided; where two put a fact right, it stands as corrected.
 */
export function personMoves(
  segments: Segments,
  person: string,
  most = MOST_CROSSINGS,
): PersonMoves {
  const files = filesOf(segments.live.db, segments);
  const corrected = inForce(correctionsWhere(files, 'person = ?', person));
  const turned = JSON.stringify(corrected.map(({ crossing }) => keyOf(crossing)));
  const read: ReadRows<CrossingRow> = (db, { low, high, limit }) => {
    const sql = `SELECT ${COLUMNS} FROM crossing WHERE person = ? AND key >= ? AND key <= ?
      AND (state IN ('passed', 'unknown') OR granted = 1
        OR key IN (SELECT value FROM json_each(?))) ORDER BY key DESC LIMIT ?`;
    const rows = db
      .query<[string, number, number, string, number], CrossingRow>(sql)
      .all(person, low, high, turned, limit);
    return { rows, reached: null };
  };
  const range = { low: 0, high: Number.MAX_SAFE_INTEGER, limit: most + 1 };
  const { rows } = readAcross(segments, 'crossing', read, range);
  const corrections = segments.all.flatMap(({ db }) =>
    db
      .query<[string], CorrectionRow>(
        'SELECT key, place, at_ms, crossing FROM correction WHERE person = ? ORDER BY key',
      )
      .all(person),
  );
  const kept = rows.slice(0, most);
  return { moves: movesOf(kept, corrections, corrected), cut: rows.length > most, corrected };
}

/** Moves with the key that orders those of one moment. */
type Keyed = Move & { readonly key: number };

function movesOf(
  crossings: readonly CrossingRow[],
  corrections: readonly CorrectionRow[],
  corrected: readonly FactCorrectionColumns[],
): Move[] {
  const unknown = new Map(
    crossings.filter(({ state }) => state === 'unknown').map((row) => [row.crossing, row]),
  );
  const taken = new Map<string, boolean>();
  const voided = new Set(corrected.flatMap(({ voids }) => (voids === null ? [] : [voids])));
  const moves: Keyed[] = [];
  for (const { key, place, at_ms: atMs, crossing } of corrections) {
    if (voided.has(correctionOfKey(key))) continue;
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
    const own = corrected.filter(({ crossing }) => crossing === source);
    const passage = lastOf(own, 'passage')?.after;
    const recorded = state === 'unknown' ? taken.get(source) : true;
    const isTaken = passage === undefined ? recorded : passage === '"passed"';
    if (isTaken === false) continue;
    const time = lastOf(own, 'time');
    const atMs = time === undefined ? happenedMs(row) : Number(time.after);
    moves.push({ atMs, from, to, certain: isTaken === true, source, key });
  }
  moves.sort((a, b) => a.atMs - b.atMs || a.key - b.key);
  return moves.map(({ key: _, ...move }) => move);
}

/**
 * Admitted, a gate opens and the person goes through within seconds: so it happened then, whenever
 * the board told of it. What the board decided alone is as old as the board says.
 */
function happenedMs({ at_ms: atMs, admitted_ms: admittedMs }: CrossingRow): number {
  return admittedMs ?? atMs;
}
