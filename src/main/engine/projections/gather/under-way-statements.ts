import type { CrossingState } from '../../../../shared/domain/crossing.ts';
import type { CommandStage, GateAction } from '../../../../shared/domain/gate.ts';
import type {
  CommandId,
  CrossingId,
  IncidentId,
  LaneId,
  PersonId,
} from '../../../../shared/domain/ids.ts';
import type { IncidentType } from '../../../../shared/domain/incident.ts';
import type { Place } from '../../../../shared/domain/place.ts';
import type { OpenIncident } from '../../core/facts.ts';
import type { ReadableDb } from '../../store/database.ts';
import type { ExceptionColumns } from '../exception.ts';

export interface CrossingColumns {
  crossing: CrossingId;
  state: CrossingState;
  lane: string;
  from_place: Place;
  to_place: Place;
  person: string | null;
  /** Where the ledger has that person now. */
  place: Place | null;
  class: string;
  /** Null where it is not under way. */
  shared_leaves: number | null;
  /** When it was read first, where both sides inspect it together. */
  joint_read_ms: number | null;
}

interface DueColumns extends CrossingColumns {
  deadline_mono: number;
  admitted_mono: number;
}

interface UnseenColumns extends CrossingColumns {
  admitted_ms: number;
  opened_ms: number | null;
}

export interface CommandColumns {
  command: CommandId;
  lane: string;
  board: string;
  action: GateAction;
  stage: CommandStage;
  crossing: CrossingId | null;
}

export interface UnknownColumns {
  crossing: CrossingId;
  lane: LaneId;
  person: PersonId | null;
  from: Place;
  to: Place;
  askedMs: number;
}

export interface OpenExceptionColumns extends ExceptionColumns {
  from_place: Place;
  to_place: Place;
  opened_mono: number;
  boot: string;
}

/** Few exceptions are open; left to itself SQLite reads all there ever were, in their order. */
const OPEN_EXCEPTION = `SELECT e.exception, e.crossing, e.lane, e.person, e.permit, e.class,
  e.place, c.from_place, c.to_place, e.rule, e.regime_version, e.reasons, e.opened_ms,
  e.opened_mono, e.boot
  FROM exception e INDEXED BY exception_open CROSS JOIN crossing c ON c.key = e.crossing_key
  WHERE e.outcome IS NULL`;

/** Strangers may be many: only those who wait at the one lane are looked at. */
export const OPEN_STRANGER = `${OPEN_EXCEPTION} AND e.person IS NULL AND e.lane = ?
  AND c.credential = ? ORDER BY e.key DESC LIMIT 1`;

const COLUMNS = `c.crossing, c.state, c.lane, c.from_place, c.to_place, c.person, c.class,
  (SELECT p.place FROM presence p WHERE p.person = c.person) AS place,
  (SELECT v.shared_leaves FROM reservation v WHERE v.key = c.key) AS shared_leaves,
  (SELECT j.read_ms FROM joint_record j WHERE j.key = c.key) AS joint_read_ms`;
const CROSSING = `SELECT ${COLUMNS} FROM crossing c`;
/** `CROSS JOIN` keeps the few reservations outside; by their key they come in order unsorted. */
const FROM_RESERVED = 'FROM reservation r CROSS JOIN crossing c ON c.key = r.key';
const RESERVED = `SELECT ${COLUMNS} ${FROM_RESERVED}`;
/** So few that they are read through: whom no door event has told of yet. */
const UNSEEN = `SELECT ${COLUMNS}, c.admitted_ms, c.opened_ms
  FROM (SELECT key FROM reservation WHERE lane = ?
    UNION ALL SELECT key FROM unknown_passage WHERE lane = ?) u
  CROSS JOIN crossing c ON c.key = u.key
  WHERE c.admitted_ms <= ? ORDER BY c.key DESC`;
/** Unknown, and nobody told how it ended. */
const UNKNOWN = `SELECT crossing, lane, person, from_place AS "from", to_place AS "to",
  at_ms AS askedMs FROM crossing WHERE state = 'unknown' AND answered IS NULL`;
/** A hole found since that is lost, or that is not filled yet. Holes are read by their keys. */
const HOLE = `SELECT h.key FROM board_hole h NOT INDEXED
  WHERE h.board = ? AND h.key > ? AND (h.lost = 1 OR EXISTS (SELECT 1 FROM board_gap g
    WHERE g.board = h.board AND g.from_index <= h.to_index AND g.to_index >= h.from_index))
  LIMIT 1`;
const COMMAND = 'SELECT command, lane, board, action, stage, crossing FROM gate_command';

/** The reads of what is under way, prepared once. */
export function underWayStatements(db: ReadableDb) {
  return {
    crossing: db.query<[number], CrossingColumns>(`${CROSSING} WHERE c.key = ?`),
    atLane: db.query<[string, number], CrossingColumns>(
      `${RESERVED} WHERE r.lane = ?
       ORDER BY c.state = 'opened' AND r.deadline_mono >= ? DESC, r.key DESC LIMIT 1`,
    ),
    unseen: db.query<[string, string, number], UnseenColumns>(`${UNSEEN} LIMIT 8`),
    due: db.query<[string, number], DueColumns>(
      `SELECT ${COLUMNS}, r.deadline_mono, r.admitted_mono ${FROM_RESERVED}
       WHERE r.boot = ? AND r.deadline_mono <= ? ORDER BY r.key LIMIT 64`,
    ),
    online: db.query<[string], { online: number }>('SELECT online FROM board WHERE board = ?'),
    hole: db.query<[string, number], { key: number }>(HOLE),
    leftOver: db.query<[string], CrossingColumns>(`${RESERVED} WHERE r.boot <> ? ORDER BY r.key`),
    command: db.query<[number], CommandColumns>(`${COMMAND} WHERE key = ?`),
    commandOf: db.query<[number], CommandColumns>(
      `${COMMAND} WHERE key = (SELECT command_key FROM reservation WHERE key = ?)`,
    ),
    pending: db.query<[string], CommandColumns>(
      `${COMMAND} WHERE stage IN ('requested', 'sent', 'accepted') AND boot <> ? ORDER BY key`,
    ),
    exception: db.query<[string], OpenExceptionColumns>(`${OPEN_EXCEPTION} AND e.exception = ?`),
    exceptionOf: db.query<[string], OpenExceptionColumns>(
      `${OPEN_EXCEPTION} AND e.person = ? ORDER BY e.key DESC LIMIT 1`,
    ),
    unnamed: db.query<[string, string], OpenExceptionColumns>(OPEN_STRANGER),
    openExceptions: db.query<[], OpenExceptionColumns>(OPEN_EXCEPTION),
    lapsing: db.query<[string, number, string, number, number], OpenExceptionColumns>(
      `${OPEN_EXCEPTION} AND ((e.boot = ? AND e.opened_mono <= ?)
         OR (e.boot <> ? AND ? >= ?)) ORDER BY e.key LIMIT 64`,
    ),
    dueFrom: db.query<[string, string, number], { mono: number | null }>(
      `SELECT min(mono) AS mono FROM (
         SELECT min(deadline_mono) AS mono FROM reservation WHERE boot = ? UNION ALL
         SELECT min(iif(boot = ?, opened_mono, 0)) + ? FROM exception INDEXED BY exception_open
         WHERE outcome IS NULL)`,
    ),
    incidents: db.query<[string | null, string | null], OpenIncident>(
      `SELECT incident, type, timing FROM incident
       WHERE state <> 'resolved' AND board IS ? AND lane IS ?`,
    ),
    incident: db.query<[string], { incident: IncidentId; type: IncidentType; state: 'raised' }>(
      'SELECT incident, type, state FROM incident WHERE incident = ?',
    ),
    unknown: db.query<[number], UnknownColumns>(`${UNKNOWN} AND key = ?`),
    unknownOf: db.query<[string], UnknownColumns>(
      `${UNKNOWN} AND person = ? ORDER BY key DESC LIMIT 1`,
    ),
    isLost: db.query<[string], object>(
      'SELECT 1 AS one FROM presence WHERE person = ? AND unknown = 1',
    ),
  };
}
