import type { CrossingState } from '../../../../shared/domain/crossing.ts';
import type { CommandStage, GateAction } from '../../../../shared/domain/gate.ts';
import type { CommandId, CrossingId, IncidentId } from '../../../../shared/domain/ids.ts';
import { keyOf } from '../../../../shared/domain/ids.ts';
import type { IncidentType } from '../../../../shared/domain/incident.ts';
import type { Place } from '../../../../shared/domain/place.ts';
import type { Reason } from '../../../../shared/regime/requirement.ts';
import type {
  CommandNow,
  CrossingNow,
  DueCrossing,
  LeftCommand,
  LeftCrossing,
  LeftException,
  OpenException,
  OpenIncident,
  UnseenPassage,
} from '../../core/facts.ts';
import type { ReadableDb } from '../../store/database.ts';
import type { SiteIndex } from './site-index.ts';

interface CrossingColumns {
  crossing: CrossingId;
  state: CrossingState;
  lane: string;
  from_place: Place;
  to_place: Place;
  person: string | null;
  class: string;
}

interface DueColumns extends CrossingColumns {
  deadline_mono: number;
  opened_seq: number | null;
}

interface UnseenColumns extends CrossingColumns {
  admitted_ms: number;
  opened_ms: number | null;
}

interface CommandColumns {
  command: CommandId;
  lane: string;
  board: string;
  action: GateAction;
  stage: CommandStage;
  crossing: CrossingId | null;
}

interface ExceptionColumns {
  exception: string;
  crossing: string;
  lane: string;
  person: string | null;
  permit: string | null;
  class: string;
  place: Place | null;
  from_place: Place;
  to_place: Place;
  rule: string;
  regime_version: number;
  reasons: string;
  opened_ms: number;
  opened_mono: number;
  boot: string;
}

/** Few exceptions are open; left to itself SQLite reads all there ever were, in their order. */
const OPEN_EXCEPTION = `SELECT e.exception, e.crossing, e.lane, e.person, e.permit, e.class,
  e.place, c.from_place, c.to_place, e.rule, e.regime_version, e.reasons, e.opened_ms,
  e.opened_mono, e.boot
  FROM exception e INDEXED BY exception_open CROSS JOIN crossing c ON c.key = e.crossing_key
  WHERE e.outcome IS NULL`;

/**
 * What is under way: crossings, gate commands, open exceptions and incidents, as the rules read it.
 */
export class UnderWay {
  readonly #site: SiteIndex;
  readonly #regimeId: string;
  readonly #boot: string;
  readonly #sql;

  constructor(db: ReadableDb, site: SiteIndex, regimeId: string, boot: string) {
    this.#site = site;
    this.#regimeId = regimeId;
    this.#boot = boot;
    this.#sql = statements(db);
  }

  crossing(id: string | null): CrossingNow | null {
    const row = id === null ? undefined : this.#sql.crossing.get(keyOf(id));
    return row === undefined ? null : this.#crossingOf(row);
  }

  /**
   * Whom an opening door lets through: the crossing whose gate opened last, or else the one
   * admitted last. Somebody who left before a late opening must not push everybody after them one
   * place off.
   */
  atLane(lane: string): CrossingNow | null {
    const row = this.#sql.atLane.get(lane);
    return row === undefined ? null : this.#crossingOf(row);
  }

  /**
   * The crossing admitted last at this lane before an event of its board, ms, of those whose
   * passage nobody has seen: still under way, or unknown.
   */
  unseenAt(lane: string, beforeMs: number): Omit<UnseenPassage, 'lastHappenedMs'> | null {
    const row = this.#sql.unseen.get(lane, lane, beforeMs);
    const crossing = row === undefined ? null : this.#crossingOf(row);
    if (row === undefined || crossing === null) return null;
    return { crossing, admittedMs: row.admitted_ms, openedMs: row.opened_ms };
  }

  /** Reservations whose deadline has passed on this boot; at most 64 at a time. */
  due(monoMs: number): (DueCrossing & { readonly deadlineMono: number })[] {
    return this.#sql.due.all(this.#boot, monoMs).flatMap((row) => {
      const crossing = this.#crossingOf(row);
      if (crossing === null) return [];
      const heard = this.#isHeard(crossing.lane.lane.board, row.opened_seq ?? 0);
      return [{ ...crossing, heard, deadlineMono: row.deadline_mono }];
    });
  }

  /** True where the board is on line and nothing that it wrote since an event is missing here. */
  #isHeard(board: string, sinceSeq: number): boolean {
    const isOnline = this.#sql.online.get(board)?.online === 1;
    return isOnline && this.#sql.hole.get(board, sinceSeq) === undefined;
  }

  /** Reservations that an earlier boot left. */
  leftOver(): LeftCrossing[] {
    return this.#sql.leftOver.all(this.#boot).map((row) => ({
      crossing: row.crossing,
      lane: row.lane as LeftCrossing['lane'],
      at: this.#site.lane(row.lane),
      person: row.person as LeftCrossing['person'],
      from: row.from_place,
      to: row.to_place,
    }));
  }

  command(id: string): CommandNow | null {
    const row = this.#sql.command.get(keyOf(id));
    return row === undefined ? null : this.#commandOf(row);
  }

  /** Commands that an earlier boot left without an outcome. */
  pendingCommands(): LeftCommand[] {
    return this.#sql.pending.all(this.#boot).map((row) => ({
      command: row.command,
      lane: row.lane as LeftCommand['lane'],
      at: this.#site.lane(row.lane),
      board: row.board as LeftCommand['board'],
      action: row.action,
      crossing: row.crossing,
    }));
  }

  openException(id: string, monoMs: number): OpenException | null {
    return this.#exceptionOf(this.#sql.exception.get(id), monoMs);
  }

  openExceptionOf(person: string, monoMs: number): OpenException | null {
    return this.#exceptionOf(this.#sql.exceptionOf.get(person), monoMs);
  }

  /** Of a badge that no permit stands behind: whoever holds it still stands at the same lane. */
  unnamedException(lane: string, credential: string, monoMs: number): OpenException | null {
    return this.#exceptionOf(this.#sql.unnamed.get(lane, credential), monoMs);
  }

  /** Exceptions that have waited as long as they may; those of an earlier boot count from start. */
  lapsing(monoMs: number, lapsesMs: number): OpenException[] {
    const rows = this.#sql.lapsing.all(this.#boot, monoMs - lapsesMs, this.#boot, monoMs, lapsesMs);
    return rows.flatMap((row) => this.#exceptionOf(row, monoMs) ?? []);
  }

  /** Exceptions at lanes that the site file no longer has. */
  exceptionsWithoutLane(): LeftException[] {
    return this.#sql.openExceptions.all().flatMap((row) => {
      if (this.#site.lane(row.lane) !== null) return [];
      const { exception, crossing } = row;
      return [{ exception, crossing, waitedMs: 0 } as LeftException];
    });
  }

  openIncidents(board: string | null, lane: string | null): OpenIncident[] {
    return this.#sql.incidents.all(board, lane);
  }

  incident(id: string) {
    return this.#sql.incident.get(id) ?? null;
  }

  /** The person's crossing whose end is not known, newest first. */
  unknownCrossingOf(person: string): CrossingId | null {
    return this.#sql.unknownOf.get(person)?.crossing ?? null;
  }

  /** Null for a lane that the site file no longer has. */
  #crossingOf(row: CrossingColumns): CrossingNow | null {
    const lane = this.#site.lane(row.lane);
    if (lane === null) return null;
    const command = this.#sql.commandOf.get(keyOf(row.crossing));
    const presence = row.person === null ? undefined : this.#sql.place.get(row.person);
    return {
      crossing: row.crossing,
      state: row.state,
      lane,
      from: row.from_place,
      to: row.to_place,
      person: row.person as CrossingNow['person'],
      place: presence?.place ?? null,
      class: row.class as CrossingNow['class'],
      command: command === undefined ? null : this.#commandOf(command),
    };
  }

  #commandOf(row: CommandColumns): CommandNow | null {
    const lane = this.#site.lane(row.lane);
    if (lane === null) return null;
    const { command, action, stage, crossing } = row;
    return { command, lane, action, stage, crossing };
  }

  #exceptionOf(row: ExceptionColumns | undefined, monoMs: number): OpenException | null {
    const lane = row === undefined ? null : this.#site.lane(row.lane);
    if (row === undefined || lane === null) return null;
    return {
      exception: row.exception as OpenException['exception'],
      crossing: row.crossing as OpenException['crossing'],
      lane,
      person: row.person as OpenException['person'],
      permit: row.permit as OpenException['permit'],
      class: row.class as OpenException['class'],
      place: row.place,
      from: row.from_place,
      to: row.to_place,
      rule: row.rule,
      regime: this.#regimeId,
      regimeVersion: row.regime_version,
      reasons: JSON.parse(row.reasons) as Reason[],
      openedMs: row.opened_ms,
      waitedMs: row.boot === this.#boot ? monoMs - row.opened_mono : monoMs,
    };
  }
}

const CROSSING = 'SELECT crossing, state, lane, from_place, to_place, person, class FROM crossing';
/**
 * `CROSS JOIN` keeps the few reservations outside; by their own key they come in order unsorted.
 */
const COLUMNS = 'c.crossing, c.state, c.lane, c.from_place, c.to_place, c.person, c.class';
const FROM_RESERVED = 'FROM reservation r CROSS JOIN crossing c ON c.key = r.key';
const RESERVED = `SELECT ${COLUMNS} ${FROM_RESERVED}`;
/** So few that they are read through: whom no door event has told of yet. */
const UNSEEN = `SELECT ${COLUMNS}, c.admitted_ms, c.opened_ms
  FROM (SELECT key FROM reservation WHERE lane = ? UNION ALL SELECT key FROM unknown_passage) u
  CROSS JOIN crossing c ON c.key = u.key
  WHERE c.lane = ? AND c.admitted_ms <= ? ORDER BY c.key DESC LIMIT 1`;
/** A hole found since that is lost, or that is not filled yet. Holes are read by their seqs. */
const HOLE = `SELECT h.seq FROM board_hole h NOT INDEXED
  WHERE h.board = ? AND h.seq > ? AND (h.lost = 1 OR EXISTS (SELECT 1 FROM board_gap g
    WHERE g.board = h.board AND g.from_index <= h.to_index AND g.to_index >= h.from_index))
  LIMIT 1`;
const COMMAND = 'SELECT command, lane, board, action, stage, crossing FROM gate_command';

function statements(db: ReadableDb) {
  return {
    crossing: db.query<[number], CrossingColumns>(`${CROSSING} WHERE key = ?`),
    atLane: db.query<[string], CrossingColumns>(
      `${RESERVED} WHERE r.lane = ? ORDER BY c.state = 'opened' DESC, r.key DESC LIMIT 1`,
    ),
    place: db.query<[string], { place: Place }>('SELECT place FROM presence WHERE person = ?'),
    unseen: db.query<[string, string, number], UnseenColumns>(UNSEEN),
    due: db.query<[string, number], DueColumns>(
      `SELECT ${COLUMNS}, r.deadline_mono, r.opened_seq ${FROM_RESERVED}
       WHERE r.boot = ? AND r.deadline_mono <= ? ORDER BY r.key LIMIT 64`,
    ),
    online: db.query<[string], { online: number }>('SELECT online FROM board WHERE board = ?'),
    hole: db.query<[string, number], { seq: number }>(HOLE),
    leftOver: db.query<[string], CrossingColumns>(`${RESERVED} WHERE r.boot <> ? ORDER BY r.key`),
    command: db.query<[number], CommandColumns>(`${COMMAND} WHERE key = ?`),
    commandOf: db.query<[number], CommandColumns>(
      `${COMMAND} WHERE key = (SELECT command_key FROM reservation WHERE key = ?)`,
    ),
    pending: db.query<[string], CommandColumns>(
      `${COMMAND} WHERE stage IN ('requested', 'sent', 'accepted') AND boot <> ? ORDER BY key`,
    ),
    exception: db.query<[string], ExceptionColumns>(`${OPEN_EXCEPTION} AND e.exception = ?`),
    exceptionOf: db.query<[string], ExceptionColumns>(
      `${OPEN_EXCEPTION} AND e.person = ? ORDER BY e.seq DESC LIMIT 1`,
    ),
    unnamed: db.query<[string, string], ExceptionColumns>(
      `${OPEN_EXCEPTION} AND e.person IS NULL AND e.lane = ? AND c.credential = ?
       ORDER BY e.seq DESC LIMIT 1`,
    ),
    openExceptions: db.query<[], ExceptionColumns>(OPEN_EXCEPTION),
    lapsing: db.query<[string, number, string, number, number], ExceptionColumns>(
      `${OPEN_EXCEPTION} AND ((e.boot = ? AND e.opened_mono <= ?)
         OR (e.boot <> ? AND ? >= ?)) ORDER BY e.seq LIMIT 64`,
    ),
    incidents: db.query<[string | null, string | null], OpenIncident>(
      `SELECT incident, type, timing FROM incident
       WHERE state <> 'resolved' AND board IS ? AND lane IS ?`,
    ),
    incident: db.query<[string], { incident: IncidentId; type: IncidentType; state: 'raised' }>(
      'SELECT incident, type, state FROM incident WHERE incident = ?',
    ),
    unknownOf: db.query<[string], { crossing: CrossingId }>(
      `SELECT crossing FROM crossing WHERE person = ? AND state = 'unknown'
       ORDER BY key DESC LIMIT 1`,
    ),
  };
}
