import type {
  MonthRow,
  MonthSlice,
  MonthTotal,
} from '../../../shared/contract/presence-queries.ts';
import { eventKey, keyOf, type PersonId } from '../../../shared/domain/ids.ts';
import type { PersonClass } from '../../../shared/domain/line.ts';
import type { Place } from '../../../shared/domain/place.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import { type DayRange, dayStartMs } from '../../../shared/presence/calendar.ts';
import { countsAs, type PresenceWhere } from '../../../shared/presence/counted.ts';
import { monthDays, monthShare } from '../../../shared/presence/month-share.ts';
import { addToTotals, type MonthTotals } from '../../../shared/presence/month-totals.ts';
import { type PermitTime, permitMonths } from '../../../shared/presence/residence.ts';
import { type Move, staysOf } from '../../../shared/presence/stays.ts';
import type { Segments } from '../journal/segments.ts';
import { type ReadRows, readAcross } from './across-segments.ts';
import {
  CORRECTIONS,
  type CorrectionColumns,
  happenedMs,
  IS_MOVE,
  MOVE_COLUMNS,
  type MoveColumns,
  movesOf,
  personMoves,
} from './presence-moves.ts';

/** A part of everybody's shares of a month. */
export interface MonthAsk {
  readonly month: string;
  readonly where: PresenceWhere;
  /** The last person of the part before; null from the beginning. */
  readonly after: string | null;
  /** A part ends when it lists so many persons; 0: it lists nobody, and only counts. */
  readonly limit: number;
  readonly nowMs: number;
  /** The version of the permits that is in force. */
  readonly permits: number;
}

/** Times of the permits of a person, as they are held now. */
export type PermitTimesOf = (person: PersonId) => readonly PermitTime[];

/** Persons looked at before the time is looked at again. */
const STEP = 50;
/** A month has fewer crossings of one person; whoever has more is counted by the newest. */
const MOST_CROSSINGS = 12_000;

interface PersonColumns {
  readonly person: PersonId;
  readonly place: Place;
  readonly unknown: number;
  readonly happened_ms: number;
}

const PERSONS = `SELECT person, place, unknown, happened_ms FROM presence
  WHERE person > ? ORDER BY person LIMIT ?`;

/**
 * Shares of a month, person by person in the order of their ids, counted from the same moves and by
 * the same code as the evidence of one person: looks on until it is enough, and says how far it
 * came. A month that lies far back costs more, since a late record may still belong to it.
 */
export function monthSlice(
  segments: Segments,
  permitsOf: PermitTimesOf,
  ask: MonthAsk,
  isEnough: () => boolean,
): Result<MonthSlice> {
  const days = monthDays(ask.month, ask.nowMs);
  if (days === null) return fail('month-ahead', 'choose a month that has begun', 'month');
  const { db } = segments.live;
  const persons = db.query<[string, number], PersonColumns>(PERSONS);
  const all = db.query<[], { n: number }>('SELECT count(*) AS n FROM presence').get()?.n ?? 0;
  const look = new MonthLook(segments, permitsOf, ask, days);
  const told = (next: PersonId | null) => ok(look.told(all, next));
  for (let after = ask.after ?? ''; ; ) {
    const page = persons.all(after, STEP);
    for (const person of page) {
      look.at(person);
      after = person.person;
      if (look.isFull()) return told(person.person);
    }
    if (page.length < STEP) return told(null);
    if (isEnough()) return told(after as PersonId);
  }
}

class MonthLook {
  readonly #segments: Segments;
  readonly #permitsOf: PermitTimesOf;
  readonly #ask: MonthAsk;
  readonly #days: DayRange;
  readonly #counts: (place: Place) => boolean;
  readonly #rows: MonthRow[] = [];
  readonly #totals: MonthTotals = new Map();
  readonly #corrected: ReadonlySet<string>;
  #looked = 0;

  constructor(segments: Segments, permitsOf: PermitTimesOf, ask: MonthAsk, days: DayRange) {
    this.#segments = segments;
    this.#permitsOf = permitsOf;
    this.#ask = ask;
    this.#days = days;
    this.#counts = countsAs(ask.where);
    this.#corrected = correctedPersons(segments);
  }

  at({ happened_ms: lastMs, person, place, unknown }: PersonColumns): void {
    this.#looked += 1;
    const fromMs = dayStartMs(this.#days.from);
    const isLongGone = lastMs < fromMs && unknown === 0 && !this.#counts(place);
    const isCorrected = this.#corrected.has(person);
    if (isLongGone && !isCorrected) return;
    const since = movesSince(this.#segments, person, fromMs);
    // What was put right may be older than all that is read, or be moved in time: all counts then.
    const moves = isCorrected ? personMoves(this.#segments, person).moves : since.moves;
    const { rows } = since;
    const counts = monthShare(staysOf(moves, this.#counts, this.#ask.nowMs), this.#days);
    if (counts === null) return;
    const endMs = dayStartMs(this.#days.to + 1);
    const passed = rows.find((row) => happenedMs(row) < endMs);
    addToTotals(this.#totals, passed?.class ?? null, counts);
    if (this.#ask.limit === 0) return;
    const times = this.#permitsOf(person).map(({ fromMs: since, toMs }) => {
      return { fromMs: since, toMs: Math.min(toMs, endMs) };
    });
    const months = permitMonths(times);
    this.#rows.push({
      ...{ person, class: passed?.class ?? null, counts },
      ...{ permitMonths: months.length, permitInMonth: months.at(-1) === this.#ask.month },
    });
  }

  isFull(): boolean {
    return this.#ask.limit > 0 && this.#rows.length >= this.#ask.limit;
  }

  told(persons: number, next: PersonId | null): MonthSlice {
    const { from, to } = this.#days;
    const totals: MonthTotal[] = [...this.#totals.values()];
    return {
      ...{ days: to - from + 1, looked: this.#looked, persons },
      ...{ rows: this.#rows, totals, next },
    };
  }
}

/** Of whom two persons put a fact of a crossing right. */
function correctedPersons(segments: Segments): ReadonlySet<string> {
  const persons = segments.all.flatMap(({ db }) =>
    db
      .query<[], { person: string | null }>('SELECT DISTINCT person FROM fact_correction')
      .all()
      .flatMap(({ person }) => person ?? []),
  );
  return new Set(persons);
}

interface ClassedMove extends MoveColumns {
  readonly class: PersonClass;
}

/**
 * Of a person's moves those that bear on the time from a moment on: all since, and back to the last
 * passage before it that the console admitted itself, as it happened: whatever was written before
 * that one happened before it too. The rows are the crossings among them, the newest first.
 */
export function movesSince(
  segments: Segments,
  person: string,
  fromMs: number,
): { readonly rows: readonly ClassedMove[]; readonly moves: readonly Move[] } {
  let sinceKey = 0;
  const read: ReadRows<ClassedMove> = (db, { low, high, limit }, mayEndEarly) => {
    const rows = db
      .query<[string, number, string, number, number, number], ClassedMove>(SINCE)
      .all(person, low, person, mayEndEarly ? fromMs : 0, high, limit);
    const last = rows.at(-1);
    const isReached = mayEndEarly && last?.state === 'passed' && happenedMs(last) < fromMs;
    if (isReached) sinceKey = last.key;
    return { rows, reached: isReached ? last.key : null };
  };
  const range = { low: 0, high: Number.MAX_SAFE_INTEGER, limit: MOST_CROSSINGS };
  const { rows } = readAcross(segments, 'crossing', read, range);
  const corrections: CorrectionColumns[] = [];
  for (const { baseSeq, db, epoch } of segments.all.toReversed()) {
    corrections.push(...db.query<[string], CorrectionColumns>(CORRECTIONS).all(person));
    if (eventKey(epoch, baseSeq) < sinceKey) break;
  }
  const later = corrections.filter(({ key }) => key > sinceKey);
  // An answer that came late belongs to a crossing further back, which is looked for there.
  const isOlder = later.some(({ crossing }) => {
    return crossing !== null && keyOf(crossing) < sinceKey;
  });
  if (isOlder) return { rows, moves: personMoves(segments, person).moves };
  return { rows, moves: movesOf(rows, later, []) };
}

const SINCE = `SELECT ${MOVE_COLUMNS}, class FROM crossing WHERE person = ?
  AND key >= max(?, coalesce((SELECT key FROM crossing WHERE person = ? AND state = 'passed'
    AND coalesce(admitted_ms, at_ms) < ? ORDER BY key DESC LIMIT 1), 0))
  AND key <= ? AND ${IS_MOVE} ORDER BY key DESC LIMIT ?`;
