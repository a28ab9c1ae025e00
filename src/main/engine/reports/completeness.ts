import { hkDayEnd } from '../../../shared/lib/hk-time.ts';
import type { ReadableDb } from '../store/database.ts';
import type { DaySpan } from './day-span.ts';
import type { ReportSite } from './report-site.ts';

/** Why a day's report may still change or lack something, in the order they are told. */
export const INCOMPLETE_CODES = [
  'day-not-over',
  'no-records',
  'records-end-early',
  'gaps-open',
  'events-lost',
  'boards-offline',
  'inputs-dropped',
  'unknown-passages',
  'exceptions-waiting',
  'custody-open',
  'centre-behind',
] as const;
export type IncompleteCode = (typeof INCOMPLETE_CODES)[number];

export interface Moment {
  readonly nowMs: number;
  /** True while the engine that asks keeps the journal; an offline tool cannot know. */
  readonly running: boolean;
}

const GAPS = `SELECT 1 AS found FROM board_gap g JOIN board_hole h
  ON h.board = g.board AND h.lost = 0 AND g.from_index BETWEEN h.from_index AND h.to_index
  WHERE h.from_day <= ? AND h.to_day >= ? LIMIT 1`;
const LOST = `SELECT 1 AS found FROM board_hole
  WHERE lost = 1 AND from_day <= ? AND to_day >= ? LIMIT 1`;
const UNKNOWN = 'SELECT 1 AS found FROM unknown_passage WHERE day = ? LIMIT 1';
const ABSENT = 'SELECT board FROM board_absence WHERE since_day <= ?';
const CENTRE = "SELECT seq FROM reader_cursor WHERE name = 'centre'";
const COUNTS = 'SELECT waiting, dropped FROM day_count WHERE day = ?';

/** Up to where the centre has the journal; null where it was never asked. */
export function centreAcked(live: ReadableDb): number | null {
  return live.query<[], { seq: number }>(CENTRE).get()?.seq ?? null;
}

/**
 * Says of a day what its report cannot promise. A gap, a loss or a silent board counts against
 * every day that its records can belong to, and no other. Things that stood in custody when it
 * ended leave it open too: what becomes of them is for another day's report to say.
 */
export function incompleteBecause(
  db: ReadableDb,
  day: string,
  span: DaySpan & { readonly ackedSeq: number | null; readonly custodyOpen: number },
  site: ReportSite,
  { nowMs, running }: Moment,
): IncompleteCode[] {
  const counts = db.query<[string], { waiting: number; dropped: number }>(COUNTS).get(day);
  const end = hkDayEnd(day);
  const over = nowMs >= end;
  const found = (sql: string) =>
    db.query<[string, string], object>(sql).get(day, day) !== undefined;
  const holds: Readonly<Record<IncompleteCode, boolean>> = {
    'day-not-over': !over,
    'no-records': span.lastSeq === null,
    'records-end-early': over && !running && span.lastSeq !== null && (span.newestMs ?? 0) < end,
    'gaps-open': found(GAPS),
    'events-lost': found(LOST),
    'boards-offline': boardsAbsent(db, day, site),
    'inputs-dropped': (counts?.dropped ?? 0) > 0,
    'unknown-passages': db.query<[string], object>(UNKNOWN).get(day) !== undefined,
    'exceptions-waiting': (counts?.waiting ?? 0) > 0,
    'custody-open': span.custodyOpen > 0,
    'centre-behind':
      span.ackedSeq !== null && span.lastSeq !== null && span.ackedSeq < span.lastSeq,
  };
  return INCOMPLETE_CODES.filter((code) => holds[code]);
}

/** A board silent since this day or earlier, or that never spoke, may hold records of it. */
function boardsAbsent(db: ReadableDb, day: string, site: ReportSite): boolean {
  const absent = db.query<[string], { board: string }>(ABSENT).all(day);
  if (site.boards === null) return absent.length > 0;
  const known = db.query<[], { board: string }>('SELECT board FROM board').all();
  const away = new Set(absent.map(({ board }) => board));
  const heard = new Set(known.map(({ board }) => board));
  return site.boards.some((board) => away.has(board) || !heard.has(board));
}
