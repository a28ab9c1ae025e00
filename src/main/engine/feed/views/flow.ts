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
import type { Segments } from '../../journal/segments.ts';
import { happenedMs } from '../../projections/projection.ts';
import type { Sql } from '../../store/database.ts';
import type { ViewSource } from '../view-source.ts';

interface Columns {
  line: string;
  direction: string;
  minute_ms: number;
  passed: number;
}

const BETWEEN = `SELECT line, direction, minute_ms, passed FROM line_flow
  WHERE minute_ms >= ? AND minute_ms < ?`;
const ONE = `SELECT line, direction, minute_ms, passed FROM line_flow
  WHERE minute_ms = ? AND line = ? AND direction = ?`;

/** Persons per minute by line and direction: today, and the same weekday a week ago. */
export function flowView(segments: Segments, clock: Clock): ViewSource<'flow'> {
  const read = (fromMs: number, sql: string, ...values: Sql[]): Map<string, FlowMinute> =>
    addedUp(
      segments.since(fromMs).flatMap(({ db }) => db.query<Sql[], Columns>(sql).all(...values)),
    );
  const between = (fromMs: number, toMs: number) => read(fromMs, BETWEEN, fromMs, toMs);
  let day = '';
  return {
    name: 'flow',
    snapshot() {
      day = hkDay(clock.wallMs());
      const [from, to] = [hkDayStart(day), hkDayEnd(day)];
      return new Map([...between(from - WEEK_MS, to - WEEK_MS), ...between(from, to)]);
    },
    /** After midnight another day lies a week back: its rows are news. */
    onTick() {
      const today = hkDay(clock.wallMs());
      if (today === day) return [];
      day = today;
      const from = hkDayStart(today) - WEEK_MS;
      return [...between(from, from + DAY_MS).keys()];
    },
    touched(event) {
      if (event.kind !== 'crossing.passed' && event.kind !== 'crossing.recorded') return [];
      const { line, direction } = event.data;
      return [`${line}/${direction}/${minuteOf(happenedMs(event))}`];
    },
    row(key) {
      const [line = '', direction = '', minute = ''] = key.split('/');
      const minuteMs = Number(minute);
      return read(minuteMs, ONE, minuteMs, line, direction).get(key) ?? null;
    },
  };
}

/** By their keys: what two segments counted in one minute is one row. */
function addedUp(rows: readonly Columns[]): Map<string, FlowMinute> {
  const minutes = new Map<string, FlowMinute>();
  for (const { line, direction, minute_ms: minuteMs, passed } of rows) {
    const key = `${line}/${direction}/${minuteMs}`;
    const sum = passed + (minutes.get(key)?.passed ?? 0);
    minutes.set(key, { line, direction, minuteMs, passed: sum } as FlowMinute);
  }
  return minutes;
}
