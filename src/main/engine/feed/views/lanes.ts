import type { LaneNow } from '../../../../shared/contract/views.ts';
import { keyOf } from '../../../../shared/domain/ids.ts';
import type { Priority } from '../../../../shared/domain/incident.ts';
import type { JournalEvent } from '../../../../shared/journal/events.ts';
import type { Clock } from '../../../../shared/lib/clock.ts';
import { hkDay, hkMidnight } from '../../../../shared/lib/hk-time.ts';
import type { LaneFacts } from '../../core/facts.ts';
import type { Segments } from '../../journal/segments.ts';
import type { SiteIndex } from '../../projections/gather/site-index.ts';
import type { ReadableDb } from '../../store/database.ts';
import { type HealthSource, heardAgoMs } from '../health.ts';
import { RecentPassages } from '../recent-passages.ts';
import type { ViewSource } from '../view-source.ts';
import { exceptionPriority, REFERRED, WATCHLISTED } from './exception-priority.ts';

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
    // Also those that a person reported, which no board is named in.
    incidents: db.query<[string], { n: number; highest: Priority | null }>(
      `SELECT count(*) AS n, min(priority) AS highest FROM incident
       WHERE state <> 'resolved' AND lane = ?`,
    ),
    exceptions: db.query<[string], { n: number; watched: number | null }>(
      `SELECT count(*) AS n, max(instr(reasons, '"is":"not-watchlisted"') > 0) AS watched
       FROM exception WHERE outcome IS NULL AND lane = ?`,
    ),
    laneOfException: db.query<[string], { lane: string | null }>(
      'SELECT lane FROM exception WHERE exception = ?',
    ),
    laneOfIncident: db.query<[string], { lane: string | null }>(
      'SELECT lane FROM incident WHERE incident = ?',
    ),
    board: db.query<[string], { fire: number; online: number }>(
      'SELECT fire, online FROM board WHERE board = ?',
    ),
  };
}

/** Every lane live: mode and door as shown by its board, the crossing and command under way. */
export function lanesView(
  segments: Segments,
  site: SiteIndex,
  clock: Clock,
  health: Pick<HealthSource, 'board'>,
): ViewSource<'lanes'> {
  const sql = reads(segments.live.db);
  const ids = site.site.lanes.map((lane) => lane.id);
  const passages = new RecentPassages(segments, () => clock.wallMs());
  const build = (at: LaneFacts): LaneNow => {
    const { id, board, door } = at.lane;
    const now = sql.lane.get(id);
    const live = health.board(board);
    const known = sql.board.get(board);
    const heard = now?.door ?? 'unknown';
    return {
      lane: id,
      checkpoint: at.checkpoint.id,
      direction: at.lane.direction,
      mode: now?.mode ?? null,
      // A door that nobody has used yet made no event: then its contact tells.
      door: heard === 'unknown' ? (live?.doors?.[door - 1] ?? heard) : heard,
      heardAgoMs: heardAgoMs(live, clock.monoMs()),
      online: known?.online === 1,
      fire: known?.fire === 1,
      crossing: crossingOf(sql, now?.crossing ?? null),
      command: commandOf(sql, now?.command ?? null),
      perMinute: passages.inLastMinute(id),
      today: passedToday(segments, id, clock.wallMs()),
      ...waitingAt(sql, id),
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
    touched: (event) => lanesOf(event, site, sql),
    onTick: () => ids,
    rowFor(role, lane) {
      const { highestException, highestIncident } = lane;
      if (highestException === null) return lane;
      const shown = exceptionPriority(role, highestException);
      const highestPriority = moreUrgent(highestIncident, shown);
      return { ...lane, highestException: shown, highestPriority };
    },
  };
}

const TODAY = 'SELECT passed FROM lane_day WHERE lane = ? AND day = ?';

function passedToday(segments: Segments, lane: string, nowMs: number): number {
  const day = hkDay(nowMs);
  return segments
    .since(hkMidnight(nowMs))
    .map(({ db }) => db.query<[string, string], { passed: number }>(TODAY).get(lane, day))
    .reduce((sum, row) => sum + (row?.passed ?? 0), 0);
}

type Reads = ReturnType<typeof reads>;

interface Touching {
  readonly lane?: string | null;
  readonly board?: string | null;
  readonly exception?: string | null;
  readonly incident?: string;
}

/** Which lanes an event touches: by its lane, all of its board, or that of what it resolves. */
function lanesOf(event: JournalEvent, site: SiteIndex, sql: Reads): readonly string[] {
  const { lane, board, exception, incident } = event.data as Touching;
  if (typeof lane === 'string') return [lane];
  if (typeof board === 'string') return site.lanesOf(board).map((at) => at.lane.id);
  const of =
    typeof exception === 'string'
      ? sql.laneOfException.get(exception)
      : typeof incident === 'string' && sql.laneOfIncident.get(incident);
  return of && of.lane !== null ? [of.lane] : [];
}

/** What waits for a human at a lane: incidents and referred persons, with their priorities. */
function waitingAt(sql: Reads, lane: string) {
  const incidents = sql.incidents.get(lane);
  const exceptions = sql.exceptions.get(lane);
  const referred = exceptions?.watched === 1 ? WATCHLISTED : REFERRED;
  const highestIncident = incidents?.highest ?? null;
  const highestException = (exceptions?.n ?? 0) > 0 ? referred : null;
  return {
    openIncidents: incidents?.n ?? 0,
    openExceptions: exceptions?.n ?? 0,
    ...{ highestIncident, highestException },
    highestPriority: moreUrgent(highestIncident, highestException),
  } satisfies Partial<LaneNow>;
}

function moreUrgent(one: Priority | null, other: Priority | null): Priority | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

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
