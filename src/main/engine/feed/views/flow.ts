import type { FlowMinute } from '../../../../shared/contract/views.ts';
import type { Clock } from '../../../../shared/lib/clock.ts';
import {
  DAY_MS,
  hkDay,
  hkDayEnd,
  hkDayStart,
  minuteOf,
  WEEK_MS,
} from '../../../../shared/lib/hk-time.ts';
import { happenedMs } from '../../projections/projection.ts';
import type { ReadableDb } from '../../store/database.ts';
import type { ViewSource } from '../view-source.ts';

interface Columns {
  line: string;
  direction: string;
  minute_ms: number;
  passed: number;
}

/** Persons per minute by line and direction: today, and the same weekday a week ago. */
export function flowView(db: ReadableDb, clock: Clock): ViewSource<'flow'> {
  const between = db.query<[number, number], Columns>(
    `SELECT line, direction, minute_ms, passed FROM line_flow
     WHERE minute_ms >= ? AND minute_ms < ?`,
  );
  const one = db.query<[number, string, string], Columns>(
    `SELECT line, direction, minute_ms, passed FROM line_flow
     WHERE minute_ms = ? AND line = ? AND direction = ?`,
  );
  let day = '';
  return {
    name: 'flow',
    snapshot() {
      day = hkDay(clock.wallMs());
      const [from, to] = [hkDayStart(day), hkDayEnd(day)];
      const rows = [...between.all(from - WEEK_MS, to - WEEK_MS), ...between.all(from, to)];
      return new Map(rows.map((row) => [keyOf(row), rowOf(row)]));
    },
    /** After midnight another day lies a week back: its rows are news. */
    onTick() {
      const today = hkDay(clock.wallMs());
      if (today === day) return [];
      day = today;
      const from = hkDayStart(today) - WEEK_MS;
      return between.all(from, from + DAY_MS).map(keyOf);
    },
    touched(event) {
      if (event.kind !== 'crossing.passed' && event.kind !== 'crossing.recorded') return [];
      const { line, direction } = event.data;
      return [`${line}/${direction}/${minuteOf(happenedMs(event))}`];
    },
    row(key) {
      const [line = '', direction = '', minute = ''] = key.split('/');
      const row = one.get(Number(minute), line, direction);
      return row === undefined ? null : rowOf(row);
    },
  };
}

function keyOf(row: Columns): string {
  return `${row.line}/${row.direction}/${row.minute_ms}`;
}

function rowOf(row: Columns): FlowMinute {
  const { line, direction } = row;
  return { line, direction, minuteMs: row.minute_ms, passed: row.passed } as FlowMinute;
}
