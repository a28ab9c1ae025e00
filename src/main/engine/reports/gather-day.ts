import { hkDayEnd, hkDayStart } from '../../../shared/lib/hk-time.ts';
import type { Segments } from '../journal/segments.ts';
import { RowCopy } from '../projections/carry.ts';
import { createProjectionTables } from '../projections/projector.ts';
import type { ReadableDb, WritableDb } from '../store/database.ts';
import { openScratch } from '../store/open.ts';

/** How the rows that several segments have of one thing make one row. */
interface Counted {
  readonly table: string;
  readonly key: string;
  /** Columns that are added up. */
  readonly sums: readonly string[];
  /** What becomes of other columns. */
  readonly others?: string;
  readonly where: 'day' | 'hour_ms' | 'minute_ms';
}

const COUNTED: readonly Counted[] = [
  {
    table: 'hour_flow',
    key: 'hour_ms, checkpoint, lane, line, direction, class',
    sums: ['passed'],
    where: 'hour_ms',
  },
  {
    table: 'day_count',
    key: 'day',
    sums: [
      'asked',
      'late',
      'manual',
      'refused',
      'referred',
      'waiting',
      'not_taken',
      'unknown',
      'dropped',
      'corrected',
    ],
    where: 'day',
  },
  {
    table: 'reason_count',
    key: 'day, verdict, reason',
    sums: ['count', 'admitted', 'refused', 'lapsed'],
    where: 'day',
  },
  { table: 'day_regime', key: 'day, regime, version', sums: [], where: 'day' },
  {
    table: 'area_minute',
    key: 'area, minute_ms',
    sums: ['entries', 'exits', 'corrected'],
    others: 'peak = max(peak, excluded.peak), inside = excluded.inside',
    where: 'minute_ms',
  },
];

const LOST_SINCE = 'WHERE lost = 1 AND to_day >= ?';
const OPENED = 'WHERE opened_ms >= ? AND opened_ms < ?';

/** How things are: only the newest segment knows. */
const STATE = ['occupancy', 'board', 'board_gap', 'board_absence', 'unknown_passage'];

const LAST_BEFORE = `WHERE minute_ms = (SELECT max(m.minute_ms) FROM area_minute m
  WHERE m.area = area_minute.area AND m.minute_ms < ?)`;

/**
 * The rows of all segments that a day's report is read from, as if there had been one. Returns a
 * database in memory, which the caller closes.
 */
export function gatherDay(segments: Segments, day: string): ReadableDb {
  const [startMs, endMs] = [hkDayStart(day), hkDayEnd(day)];
  const into = openScratch(':memory:');
  into.transaction(() => {
    createProjectionTables(into);
    const { db: live } = segments.live;
    for (const table of STATE) new RowCopy(live, into, table).run();
    new RowCopy(live, into, 'board_hole', 'WHERE lost = 0').run();
    for (const { db } of segments.all) {
      new RowCopy(db, into, 'area_minute', LAST_BEFORE).run(startMs);
    }
    for (const { db } of segments.since(startMs)) {
      new RowCopy(db, into, 'board_hole', LOST_SINCE).run(day);
      new RowCopy(db, into, 'incident', OPENED).run(startMs, endMs);
      for (const counted of COUNTED) {
        if (counted.where === 'day') adding(db, into, counted, 'day = ?').run(day);
        else {
          const where = `${counted.where} >= ? AND ${counted.where} < ?`;
          adding(db, into, counted, where).run(startMs, endMs);
        }
      }
    }
  });
  return into;
}

function adding(
  from: ReadableDb,
  into: WritableDb,
  { table, key, sums, others }: Counted,
  where: string,
): RowCopy {
  const changes = sums.map((column) => `${column} = ${column} + excluded.${column}`);
  if (others !== undefined) changes.push(others);
  const update = changes.length === 0 ? 'NOTHING' : `UPDATE SET ${changes.join(', ')}`;
  return new RowCopy(from, into, table, `WHERE ${where}`, `ON CONFLICT (${key}) DO ${update}`);
}
