import type { CommandInput } from '../../../../shared/contract/commands.ts';
import { correctionOfKey, keyOf } from '../../../../shared/domain/ids.ts';
import type { Place } from '../../../../shared/domain/place.ts';
import type {
  CorrectionFacts,
  CorrectionNow,
  DecidedReturn,
  RecordedCrossing,
} from '../../core/people-facts.ts';
import type { CorrectionRequest } from '../../core/rules/correction.ts';
import type { ReadableDb } from '../../store/database.ts';
import { countedBefore } from '../allowance-reads.ts';
import { correctionsWhere, filesOf, inForce, lastOf, newestOf } from '../corrections-of.ts';
import { endedBefore } from '../day-return-kept.ts';
import type { FactCorrectionColumns } from '../fact-correction.ts';
import type { JournalFiles } from '../journal-files.ts';

/** A person's crossings on either side of one that are looked at for its neighbours in time. */
const NEIGHBOURS = 50;

interface CrossingColumns {
  readonly key: number;
  readonly crossing: string;
  readonly at_ms: number;
  readonly admitted_ms: number | null;
  readonly passed_ms: number | null;
  readonly lane: string;
  readonly checkpoint: string;
  readonly line: string;
  readonly direction: string;
  readonly from_place: Place;
  readonly to_place: Place;
  readonly class: string;
  readonly person: string | null;
  readonly state: string;
  readonly granted: number | null;
  readonly answered: RecordedCrossing['passage'];
}

interface ReturnColumns {
  readonly person: string;
  readonly back: Place;
  readonly outcome: DecidedReturn['outcome'];
  readonly set_key: number | null;
}

interface PresenceColumns {
  readonly place: Place;
  readonly unknown: number;
  readonly happened_ms: number;
  readonly source: number;
}

/** Reads of what a correction is about, also where that stands in an earlier segment. */
export class CorrectionReads {
  readonly #db: ReadableDb;
  readonly #segments: JournalFiles | undefined;
  readonly #presence;
  readonly #return;

  constructor(db: ReadableDb, segments?: JournalFiles) {
    this.#db = db;
    this.#segments = segments;
    this.#presence = db.query<[string], PresenceColumns>(
      'SELECT place, unknown, happened_ms, source FROM presence WHERE person = ?',
    );
    this.#return = db.query<[number], ReturnColumns>(
      'SELECT person, back, outcome, set_key FROM day_return WHERE key = ?',
    );
  }

  facts(of: CorrectionRequest): CorrectionFacts {
    if (of.name === 'correction.ask') return this.#about(of.input, null);
    const [row] = correctionsWhere([this.#db], 'key = ?', keyOf(of.input.correction));
    if (row === undefined || row.correction !== of.input.correction) {
      return { correction: null, waiting: null, crossing: null, dayReturn: null, owed: [] };
    }
    const correction = correctionNow(row);
    return this.#about({ crossing: correction.crossing, change: correction }, correction);
  }

  #about(
    {
      change,
      crossing,
    }: Pick<CommandInput<'correction.ask'>, 'crossing'> & {
      readonly change: { readonly fact: string };
    },
    correction: CorrectionNow | null,
  ): CorrectionFacts {
    const known = correctionsWhere(this.#files(), 'crossing = ?', crossing);
    const waits = known.find(({ fact, state }) => state === 'asked' && fact === change.fact);
    return {
      correction,
      waiting: (waits?.correction ?? null) as CorrectionFacts['waiting'],
      crossing: this.#crossing(crossing, inForce(known)),
      dayReturn: change.fact === 'day-return' ? this.#dayReturn(crossing, inForce(known)) : null,
      owed: change.fact === 'day-return' ? [] : endedBefore(this.#files(), keyOf(crossing)),
    };
  }

  #files(): readonly ReadableDb[] {
    return filesOf(this.#db, this.#segments);
  }

  /** The newest segment that has it has it right. */
  #row(crossing: string): CrossingColumns | null {
    const sql = 'SELECT * FROM crossing WHERE key = ?';
    const key = keyOf(crossing);
    return newestOf(this.#files(), (db) => db.query<[number], CrossingColumns>(sql).get(key));
  }

  #crossing(id: string, made: readonly FactCorrectionColumns[]): RecordedCrossing | null {
    const row = this.#row(id);
    if (row === null || row.crossing !== id) return null;
    const of = passageOf(row, made);
    const now = row.person === null ? undefined : this.#presence.get(row.person);
    const sources: readonly (number | null)[] = [row.key, ...made.map((one) => one.set_key)];
    const happenedMs = happenedMsOf(row, made);
    return {
      ...{ crossing: row.crossing, person: row.person, lane: row.lane, line: row.line },
      ...{ checkpoint: row.checkpoint, direction: row.direction, class: row.class },
      ...{ from: row.from_place, to: row.to_place, askedMs: row.at_ms, happenedMs },
      ...of,
      allowance: countedBefore(this.#files(), row.key),
      ...this.#neighbours(row, happenedMs),
      isLast: now?.unknown === 0 && now.place === row.to_place && sources.includes(now.source),
      isNewest: now === undefined || (now.unknown === 0 && happenedMs >= now.happened_ms),
      isVehicle: this.#isVehicle(row.key),
    } as RecordedCrossing;
  }

  /** In any file: only what is not settled yet is carried on. */
  #isVehicle(key: number): boolean {
    const sql = 'SELECT 1 AS one FROM cargo_passage WHERE key = ?';
    return this.#files().some((db) => db.query<[number], object>(sql).get(key) !== undefined);
  }

  #neighbours({ key, person }: CrossingColumns, atMs: number) {
    const nothing = { earlierMs: null, laterMs: null };
    if (person === null) return nothing;
    const near = (way: '<' | '>', order: 'ASC' | 'DESC') =>
      this.#files().flatMap((db) =>
        db
          .query<[string, number, number], CrossingColumns>(
            `SELECT * FROM crossing WHERE person = ? AND key ${way} ?
             AND (state = 'passed' OR granted = 1) ORDER BY key ${order} LIMIT ?`,
          )
          .all(person, key, NEIGHBOURS),
      );
    const made = inForce(correctionsWhere(this.#files(), 'person = ?', person));
    const times = [...near('<', 'DESC'), ...near('>', 'ASC')].flatMap((row) => {
      const own = made.filter(({ crossing }) => crossing === row.crossing);
      const isTaken = passageOf(row, own).passage === 'passed';
      return isTaken ? [happenedMsOf(row, own)] : [];
    });
    const earlier = times.filter((ms) => ms < atMs);
    const later = times.filter((ms) => ms > atMs);
    return {
      earlierMs: earlier.length === 0 ? null : Math.max(...earlier),
      laterMs: later.length === 0 ? null : Math.min(...later),
    };
  }

  /** Of the segment that is written: what was settled before is found no more. */
  #dayReturn(crossing: string, made: readonly FactCorrectionColumns[]): DecidedReturn | null {
    const row = this.#return.get(keyOf(crossing));
    if (row === undefined) return null;
    const now = this.#presence.get(row.person);
    const { set_key: set } = row;
    const sources = [set, ...made.map((one) => one.set_key)];
    return {
      ...{ crossing, person: row.person, back: row.back, outcome: row.outcome },
      area: this.#row(crossing)?.to_place ?? row.back,
      set: set === null ? null : correctionOfKey(set),
      isLast: now !== undefined && now.unknown === 0 && sources.includes(now.source),
      place: now?.place ?? null,
    } as DecidedReturn;
  }
}

function correctionNow(row: FactCorrectionColumns): CorrectionNow {
  const { asked_by: askedBy, correction, crossing, fact, person, state } = row;
  const values = { before: JSON.parse(row.before), after: JSON.parse(row.after) };
  return { correction, crossing, person, fact, state, askedBy, ...values } as CorrectionNow;
}

/** Whether it was taken, and where that is counted, as corrected last. */
function passageOf(
  row: CrossingColumns,
  made: readonly FactCorrectionColumns[],
): Pick<RecordedCrossing, 'passage' | 'countedMs' | 'isNotTakenCounted'> {
  const last = lastOf(made, 'passage');
  const counted = made.findLast(({ fact }) => fact !== 'day-return');
  const raw = rawPassage(row);
  const passage =
    last === undefined ? raw : (JSON.parse(last.after) as RecordedCrossing['passage']);
  const isCounted = row.state === 'passed' || row.granted === 1;
  return {
    passage,
    countedMs:
      counted === undefined
        ? isCounted
          ? (row.passed_ms ?? row.at_ms)
          : null
        : counted.counted_ms,
    isNotTakenCounted: last === undefined ? row.state === 'not-taken' : passage === 'not-taken',
  };
}

function rawPassage({ answered, granted, state }: CrossingColumns): RecordedCrossing['passage'] {
  if (state === 'passed' || granted === 1) return 'passed';
  if (state === 'not-taken') return 'not-taken';
  return state === 'unknown' ? answered : null;
}

function happenedMsOf(row: CrossingColumns, made: readonly FactCorrectionColumns[]): number {
  const last = lastOf(made, 'time');
  if (last !== undefined) return JSON.parse(last.after) as number;
  return row.admitted_ms ?? row.at_ms;
}
