import type { Place } from '../domain/place.ts';

/**
 * One change of somebody's place in the ledger: a crossing that was taken, one of which nobody
 * knows whether it was, or a correction by a person.
 */
export interface Move {
  /** When it happened on the zone's calendar, ms since 1970. */
  readonly atMs: number;
  /** Null for a correction, which says only where the person is from then on. */
  readonly from: Place | null;
  readonly to: Place;
  /** False where nobody knows whether the person went through. */
  readonly certain: boolean;
  /** The crossing or correction that it stands on. */
  readonly source: string;
}

/** Why it is not known where somebody was. */
export type GapCause =
  /** Came in, and the next thing known is that the person came in again: the exit is missing. */
  | 'exit-missing'
  /** Went out, and the next thing known is that the person went out again. */
  | 'entry-missing'
  /** Seen at one place, then at another, and nothing says how the person came there. */
  | 'way-missing'
  /** A badge was read and a gate opened; nobody saw whether the person went through. */
  | 'passage-unknown'
  /** Somebody said where the person is by then, elsewhere than the ledger had it. */
  | 'corrected'
  /** Inside now, or never seen to leave: until the exit is known. */
  | 'still-inside';

/**
 * A time in which somebody was present, or of which that is not known. Times in no span are times
 * of absence. `present` spans may be a single moment (`fromMs === toMs`): a passage that is known,
 * beside a time that is not.
 */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
  readonly is: 'present' | 'unknown';
  /** For `unknown` only. */
  readonly cause: GapCause | null;
  /** The moves at its two ends; the last one is absent for what goes on. */
  readonly sources: readonly string[];
}

/** Where somebody was last known to be, and by what. */
interface Known {
  readonly place: Place;
  readonly sinceMs: number;
  readonly source: string;
  /** Set where it is not known whether the person went on from there. */
  readonly doubt: boolean;
}

/**
 * The ledger of one person as times of presence, in order. `moves` in their order in time; `counts`
 * says which places are presence. Nothing is guessed: between two moves that do not fit together
 * the time is unknown, and only the moments of the moves themselves are certain. What lies before
 * the first move is outside the evidence. A stay that has no exit yet is unknown up to `nowMs`.
 */
export function staysOf(
  moves: readonly Move[],
  counts: (place: Place) => boolean,
  nowMs: number,
): Span[] {
  const spans: Span[] = [];
  let known: Known | null = null;
  for (const move of moves) {
    if (known !== null) spans.push(...between(known, move, counts));
    else if (move.from !== null && counts(move.from)) {
      spans.push(moment(move));
    }
    known = afterwards(move, known);
  }
  if (known !== null && (counts(known.place) || known.doubt)) {
    const last = { atMs: known.sinceMs, source: known.source };
    if (counts(known.place)) spans.push(moment(last));
    const cause = known.doubt ? 'passage-unknown' : 'still-inside';
    const sources = [known.source];
    if (nowMs > known.sinceMs) {
      spans.push({ fromMs: known.sinceMs, toMs: nowMs, is: 'unknown', cause, sources });
    }
  }
  return spans;
}

function moment({ atMs, source }: Pick<Move, 'atMs' | 'source'>): Span {
  return { fromMs: atMs, toMs: atMs, is: 'present', cause: null, sources: [source] };
}

/** What a move says of the time since the one before it. */
function between(known: Known, move: Move, counts: (place: Place) => boolean): Span[] {
  const before = counts(known.place);
  // A correction that finds the person where the ledger has it says that nothing is missing.
  const from = move.from ?? move.to;
  const after = counts(from);
  const [fromMs, toMs] = [known.sinceMs, move.atMs];
  const sources = [known.source, move.source];
  if (!known.doubt && from === known.place) {
    return before ? [{ fromMs, toMs, is: 'present', cause: null, sources }] : [];
  }
  const spans: Span[] = before ? [moment({ atMs: fromMs, source: known.source })] : [];
  const cause = causeOf(known, move, { before, after });
  if (toMs > fromMs) spans.push({ fromMs, toMs, is: 'unknown', cause, sources });
  if (after) spans.push(moment(move));
  return spans;
}

function causeOf(
  known: Known,
  move: Move,
  { before, after }: { before: boolean; after: boolean },
): GapCause {
  if (move.from === null) return 'corrected';
  if (known.doubt) return 'passage-unknown';
  if (before && !after) return 'exit-missing';
  if (!before && after) return 'entry-missing';
  return 'way-missing';
}

function afterwards({ atMs, from, to, certain, source }: Move, known: Known | null): Known {
  if (certain) return { place: to, sinceMs: atMs, source, doubt: false };
  return { place: from ?? known?.place ?? to, sinceMs: atMs, source, doubt: true };
}
