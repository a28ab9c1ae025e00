import type { TimelineEntry } from '../../../shared/contract/people-queries.ts';
import type { QueryInput, QueryOutput } from '../../../shared/contract/queries.ts';
import type { Caller } from '../../../shared/contract/transport/backend.ts';
import { correctionOfKey, keyOf } from '../../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { Segment } from '../journal/segments.ts';
import { correctionRows } from '../projections/correction-row.ts';
import type { CrossingColumns } from '../projections/crossing-row.ts';
import { isKnownIn } from '../projections/day-return-kept.ts';
import { dayReturnsOf } from '../projections/day-return-rows.ts';
import type { FactCorrectionColumns } from '../projections/fact-correction.ts';
import { TypedTexts } from '../projections/typed-texts.ts';
import type { ApiDeps } from './api-deps.ts';
import { newestAcross } from './newest-across.ts';
import { note } from './note.ts';

interface Keyed {
  readonly key: number;
  readonly entry: TimelineEntry;
}

interface Page {
  readonly person: string;
  /** Entries with smaller keys. */
  readonly below: number;
  readonly limit: number;
}

interface IncidentColumns {
  readonly key: number;
  readonly incident: string;
  readonly type: string;
  readonly priority: number;
  readonly state: string;
  readonly opened_ms: number;
  readonly crossing: string;
}

/** A day return stands right below the crossing that it began with, and has its key. */
const BELOW_ITS_CROSSING = 0.5;
const dayReturnEntry = (crossing: string) => `D${crossing.slice(1)}`;

/** What entries are ordered by: the key of their id. */
function orderOf(id: string): number {
  return keyOf(id) - (id.startsWith('D') ? BELOW_ITS_CROSSING : 0);
}

/**
 * All that the ledger has of a person, newest first: crossings, where somebody said they are, day
 * returns, corrections and incidents of their crossings. Who asked and for what purpose is durable
 * before anything is answered.
 */
export async function personTimeline(
  deps: ApiDeps,
  input: QueryInput<'person.timeline'>,
  caller: Caller,
): Promise<Result<unknown>> {
  if (caller.session === null) return fail('signed-out', 'sign in first');
  const { after, limit, person, purpose } = input;
  const below = after === undefined ? Number.MAX_SAFE_INTEGER : orderOf(after);
  const found = timelineOf(deps, { person, below, limit: limit + 1 });
  const answer: QueryOutput<'person.timeline'> = {
    entries: found.slice(0, limit).map(({ entry }) => entry),
    more: found.length > limit,
  };
  const settled = { by: 'person', value: person };
  const data = { query: 'person.timeline', purpose, settled, rows: answer.entries.length };
  const kept = await note(deps, caller, { kind: 'disclosure.made', data });
  return kept.ok ? ok(answer) : kept;
}

/** The newest file that has an entry has it right; older ones hold it as it was carried on. */
function timelineOf({ segments }: Pick<ApiDeps, 'segments'>, page: Page): Keyed[] {
  const texts = new TypedTexts(segments);
  const read = (segment: Segment): Keyed[] => {
    const newer = segments.all.slice(segments.all.indexOf(segment) + 1).map(({ db }) => db);
    const isOld = (key: number) => isKnownIn(newer, key);
    const dueOf = { ...page, below: page.below + BELOW_ITS_CROSSING, isOld };
    const returns = dayReturnsOf(segment.db, texts, dueOf).map(({ row }) => {
      const id = dayReturnEntry(row.crossing);
      const entry = { what: 'day-return', id, atMs: row.dueMs, row } as const;
      return { key: orderOf(id), entry };
    });
    const corrections = correctionsOf(segment, page).map((row) => {
      const [told] = correctionRows(segments, [row]);
      const entry = { what: 'correction', id: row.correction, atMs: row.asked_ms, row: told };
      return { key: row.key, entry: entry as TimelineEntry };
    });
    return [
      ...[...crossingsOf(segment, page), ...setsOf(segment, page), ...returns],
      ...[...corrections, ...incidentsOf(segment, page)],
    ];
  };
  const nameOf = ({ entry: { id, what } }: Keyed) => `${what} ${id}`;
  return newestAcross(segments.all, page.limit, read, nameOf).slice(0, page.limit);
}

function crossingsOf({ db }: Segment, { below, limit, person }: Page): Keyed[] {
  const sql = `SELECT * FROM crossing WHERE person = ? AND key < ? ORDER BY key DESC LIMIT ?`;
  type Columns = CrossingColumns & { readonly from_place: string; readonly to_place: string };
  const rows = db.query<[string, number, number], Columns>(sql).all(person, below, limit);
  return rows.map(({ at_ms: atMs, crossing: id, from_place: from, key, to_place: to, ...row }) => {
    const { lane, permit, state, timing } = row;
    const told = { what: 'crossing', id, atMs, lane, from, to, state, timing, permit };
    return { key, entry: told as TimelineEntry };
  });
}

function setsOf({ db }: Segment, { below, limit, person }: Page): Keyed[] {
  const sql = `SELECT key, place, at_ms AS atMs FROM correction WHERE person = ? AND key < ?
    ORDER BY key DESC LIMIT ?`;
  type Columns = { readonly key: number; readonly place: string; readonly atMs: number };
  const rows = db.query<[string, number, number], Columns>(sql).all(person, below, limit);
  return rows.map(({ atMs, key, place }) => {
    const entry = { what: 'presence', id: correctionOfKey(key), atMs, place };
    return { key, entry: entry as TimelineEntry };
  });
}

function correctionsOf({ db }: Segment, { below, limit, person }: Page): FactCorrectionColumns[] {
  const sql = `SELECT * FROM fact_correction WHERE person = ? AND key < ?
    ORDER BY key DESC LIMIT ?`;
  return db.query<[string, number, number], FactCorrectionColumns>(sql).all(person, below, limit);
}

/** Raised by the person's crossings, or told of them later. */
function incidentsOf({ db }: Segment, { below, limit, person }: Page): Keyed[] {
  const sql = `SELECT i.key, i.incident, i.type, i.priority, i.state, i.opened_ms, i.crossing
    FROM crossing c CROSS JOIN incident i ON i.crossing = c.crossing
    WHERE c.person = ? AND i.key < ? ORDER BY i.key DESC LIMIT ?`;
  const rows = db.query<[string, number, number], IncidentColumns>(sql).all(person, below, limit);
  return rows.map(({ key, opened_ms: atMs, ...row }) => {
    const entry = { what: 'incident', id: row.incident, atMs, ...row };
    return { key, entry: entry as TimelineEntry };
  });
}
