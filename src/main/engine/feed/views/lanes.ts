import type { LaneNow } from '../../../../shared/contract/views.ts';
import { keyOf } from '../../../../shared/domain/ids.ts';
import type { JournalEvent } from '../../../../shared/journal/events.ts';
import type { Clock } from '../../../../shared/lib/clock.ts';
import { hkDay, MINUTE_MS, minuteOf } from '../../../../shared/lib/hk-time.ts';
import type { LaneFacts } from '../../core/facts.ts';
import type { SiteIndex } from '../../projections/gather/site-index.ts';
import type { ReadableDb } from '../../store/database.ts';
import { type HealthSource, heardAgoMs } from '../health.ts';
import type { ViewSource } from '../view-source.ts';

interface LaneColumns {
  mode: LaneNow['mode'];
  door: LaneNow['door'];
  crossing: string | null;
  command: string | null;
}

function reads(db: ReadableDb) {
  return {
    lane: db.query<[string], LaneColumns>(
      'SELECT mode, door, crossing, command FROM lane_now WHERE lane = ?',
    ),
    crossing: db.query<[number], { crossing: string; state: string; class: string }>(
      'SELECT crossing, state, class FROM crossing WHERE key = ?',
    ),
    command: db.query<
      [number],
      { command: string; action: string; stage: string; at_ms: number; text: string | null }
    >('SELECT command, action, stage, at_ms, text FROM gate_command WHERE key = ?'),
    minute: db.query<[number, string], { passed: number | null }>(
      'SELECT sum(passed) AS passed FROM flow WHERE minute_ms = ? AND lane = ?',
    ),
    today: db.query<[string, string], { passed: number }>(
      'SELECT passed FROM lane_day WHERE lane = ? AND day = ?',
    ),
    incidents: db.query<[string, string], { n: number; highest: number | null }>(
      `SELECT count(*) AS n, min(priority) AS highest FROM incident
       WHERE state <> 'resolved' AND board = ? AND lane = ?`,
    ),
    fire: db.query<[string], { fire: number }>('SELECT fire FROM board WHERE board = ?'),
  };
}

/** Every lane live: mode and door as shown by its board, the crossing and command under way. */
export function lanesView(
  db: ReadableDb,
  site: SiteIndex,
  clock: Clock,
  health: HealthSource,
): ViewSource<'lanes'> {
  const sql = reads(db);
  const ids = site.site.lanes.map((lane) => lane.id);
  const build = (at: LaneFacts): LaneNow => {
    const { id, board, door } = at.lane;
    const now = sql.lane.get(id);
    const live = health.board(board);
    const heard = now?.door ?? 'unknown';
    const wallMs = clock.wallMs();
    const minute = minuteOf(wallMs);
    const open = sql.incidents.get(board, id);
    const passed = (ms: number) => sql.minute.get(ms, id)?.passed ?? 0;
    return {
      lane: id,
      checkpoint: at.checkpoint.id,
      mode: now?.mode ?? null,
      // A door that nobody has used yet made no event: then its contact tells.
      door: heard === 'unknown' ? (live?.doors?.[door - 1] ?? heard) : heard,
      heardAgoMs: heardAgoMs(live, clock.monoMs()),
      fire: sql.fire.get(board)?.fire === 1,
      crossing: crossingOf(sql, now?.crossing ?? null),
      command: commandOf(sql, now?.command ?? null),
      perMinute: Math.max(passed(minute), passed(minute - MINUTE_MS)),
      today: sql.today.get(id, hkDay(wallMs))?.passed ?? 0,
      openIncidents: open?.n ?? 0,
      highestPriority: (open?.highest ?? null) as LaneNow['highestPriority'],
    };
  };
  const row = (key: string): LaneNow | null => {
    const at = site.lane(key);
    return at === null ? null : build(at);
  };
  const lanes = site.site.lanes.flatMap((lane) => site.lane(lane.id) ?? []);
  return {
    name: 'lanes',
    row,
    snapshot: () => new Map(lanes.map((at) => [at.lane.id, build(at)])),
    touched: (event) => lanesOf(event, site),
    onTick: () => ids,
  };
}

/** Which lanes an event touches: by its lane, or all lanes of its board. */
function lanesOf(event: JournalEvent, site: SiteIndex): readonly string[] {
  const { lane, board } = event.data as { lane?: string | null; board?: string | null };
  if (typeof lane === 'string') return [lane];
  return typeof board === 'string' ? site.lanesOf(board).map((at) => at.lane.id) : [];
}

type Reads = ReturnType<typeof reads>;

const UNDER_WAY = new Set(['asked', 'referred', 'admitted', 'opened']);

function crossingOf(sql: Reads, id: string | null): LaneNow['crossing'] {
  const row = id === null ? undefined : sql.crossing.get(keyOf(id));
  if (row === undefined || !UNDER_WAY.has(row.state)) return null;
  return { id: row.crossing, state: row.state, class: row.class } as LaneNow['crossing'];
}

function commandOf(sql: Reads, id: string | null): LaneNow['command'] {
  const row = id === null ? undefined : sql.command.get(keyOf(id));
  if (row === undefined) return null;
  const { command, action, stage, at_ms: atMs, text } = row;
  return { id: command, action, stage, atMs, text } as LaneNow['command'];
}
