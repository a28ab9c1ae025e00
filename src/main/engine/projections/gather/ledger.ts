import type { Credential } from '../../../../shared/domain/credential.ts';
import type { DoorMode } from '../../../../shared/domain/gate.ts';
import { keyInSql, type LaneId } from '../../../../shared/domain/ids.ts';
import { type DatasetName, NO_DATASETS, type Permit } from '../../../../shared/domain/permit.ts';
import type { Place } from '../../../../shared/domain/place.ts';
import type { SuspendedKind } from '../../../../shared/domain/suspension.ts';
import type { PersonFacts } from '../../../../shared/regime/person-facts.ts';
import type { InForce } from '../../reference/lookup.ts';
import type { ReadableDb } from '../../store/database.ts';

export interface PresenceNow {
  readonly place: Place;
  readonly unknown: number;
  readonly since_ms: number;
  readonly happened_ms: number;
}

/** Where somebody is as the ledger has it, null where it has not, and of what is under way. */
export interface Whereabouts {
  readonly place: Place | null;
  readonly unknown: number | null;
  readonly since_ms: number | null;
  readonly happened_ms: number | null;
  /** Crossings that may still end. */
  readonly reserved: number;
}

/** Of somebody whom nobody knows. */
export const NOWHERE: Whereabouts = {
  ...{ place: null, unknown: null, since_ms: null, happened_ms: null },
  reserved: 0,
};

/** An official's passage by the monotonic clock, and the visitors who went through since. */
interface OfficialNow {
  readonly official_mono: number;
  readonly visitors: number;
}

/** Badges given here in place of the datasets', and permits' codes shown of late. */
function badgeReads(db: ReadableDb) {
  const codeAdmitted = db.query<[string, number], { lane: LaneId; atMs: number }>(
    `SELECT lane, at_ms AS atMs FROM shown_code
     WHERE token = ? AND at_ms > ? AND admitted = 1 ORDER BY at_ms DESC LIMIT 1`,
  );
  const replaced = db.query<[string], { credential: Credential; was: Credential }>(
    'SELECT credential, was FROM badge_overlay WHERE permit = ?',
  );
  const given = db.query<[string], { permit: string }>(
    'SELECT permit FROM badge_overlay WHERE credential = ?',
  );
  return {
    /** The badge that a permit was given here, and the one that it had in the dataset then. */
    badgeReplaced: (permit: string) => replaced.get(permit) ?? null,
    /** The permit that a badge was given to here. */
    badgeGiven: (credential: string) => given.get(credential)?.permit ?? null,
    /** Where a permit's code was admitted last, after a moment. */
    codeAdmitted: (token: string, afterMs: number) => codeAdmitted.get(token, afterMs) ?? null,
  };
}

/** A time for which a gate stood open, and whom its board had let through by then. */
interface HeldColumns {
  readonly turned: number;
  readonly named: number;
  readonly named_ms: number | null;
}

/** Where its board was away since, or the console, a gate stood open as long as it was seen to. */
const HELD_AT = `SELECT turned, named, named_ms FROM gate_held
  WHERE lane = ? AND from_ms <= ?
    AND coalesce(until_ms, iif(away = 1 OR boot <> ?, seen_ms, ?)) >= ?
  ORDER BY from_ms DESC, key DESC LIMIT 1`;

/** What is known of a lane now. */
function laneReads(db: ReadableDb) {
  const official = db.query<[string, string], OfficialNow>(
    'SELECT official_mono, visitors FROM lane_now WHERE lane = ? AND official_boot = ?',
  );
  const visitors = db.query<[string], { n: number }>(
    `SELECT count(*) AS n FROM reservation r CROSS JOIN crossing c ON c.key = r.key
     WHERE r.lane = ? AND c.class = 'escorted-visitor'`,
  );
  const mode = db.query<[string], LaneColumns>(
    'SELECT mode, ordered_by, turned, shut FROM lane_now WHERE lane = ?',
  );
  const open = db.query<[string, string], { n: number }>(
    `SELECT EXISTS (SELECT 1 FROM reservation WHERE lane = ?) OR EXISTS (
       SELECT 1 FROM lane_now WHERE lane = ? AND (mode = 'held' OR door IN ('open', 'forced'))
     ) AS n`,
  );
  const held = db.query<[string, number, string, number, number], HeldColumns>(HELD_AT);
  const lastOrder = db.query<[string], { action: string }>(
    `SELECT g.action FROM lane_now l JOIN gate_command g ON g.key = ${keyInSql('l.command')}
     WHERE l.lane = ?`,
  );
  return {
    /** True where a lane's gate is open, or somebody is on the way through it. */
    isOpen: (lane: string) => open.get(lane, lane)?.n === 1,
    /** The official who last passed this lane on this boot. */
    official: (lane: string, boot: string) => official.get(lane, boot) ?? null,
    /** Escorted visitors who are on their way through this lane. */
    visitorsUnderWay: (lane: string) => visitors.get(lane)?.n ?? 0,
    /** True where the lane leads against the direction of the site file. */
    isTurned: (lane: string) => mode.get(lane)?.turned === 1,
    isShut: (lane: string) => mode.get(lane)?.shut === 1,
    /** Nobody is let through: its gate is locked, or a lockdown shuts it. */
    isLocked: (lane: string) => {
      const now = mode.get(lane);
      return now?.mode === 'locked' || now?.shut === 1;
    },
    /** The newest order to the lane's gate was to stand open. */
    isOrderedOpen: (lane: string) => lastOrder.get(lane)?.action === 'hold',
    /** How the lane's gate stood open for everybody at a moment, ms; null where nobody knows. */
    heldAt: (lane: string, atMs: number, boot: string) =>
      held.get(lane, atMs, boot, atMs, atMs) ?? null,
    laneMode: (lane: string) => mode.get(lane)?.mode ?? null,
    /** The role of the person who last ordered this lane's mode; `console` for the fire input. */
    orderedBy: (lane: string) => mode.get(lane)?.ordered_by ?? null,
  };
}

/** Reads of the ledger that facts are made of: presence, occupancy, indexes, what is in force. */
export function ledgerReads(db: ReadableDb) {
  const presence = db.query<[string], PresenceNow>(
    'SELECT place, unknown, since_ms, happened_ms FROM presence WHERE person = ?',
  );
  const RESERVED = 'SELECT count(*) AS reserved FROM reservation WHERE person = ?';
  const reservedBy = db.query<[string], { reserved: number }>(RESERVED);
  const whereabouts = db.query<[string, string], Whereabouts>(
    `SELECT place, unknown, since_ms, happened_ms, (${RESERVED}) AS reserved
     FROM presence WHERE person = ?`,
  );
  const fill = db.query<[string, string], { inside: number; reserved: number }>(
    `SELECT coalesce((SELECT inside + anonymous FROM occupancy WHERE area = ?), 0) AS inside,
       (SELECT count(*) FROM reservation WHERE area = ?) AS reserved`,
  );
  const heads = db.query<[string], { named: number; anonymous: number }>(
    'SELECT inside AS named, anonymous FROM occupancy WHERE area = ?',
  );
  const datasets = db.query<
    [],
    { dataset: DatasetName; version: number; hash: string; rows: number }
  >('SELECT dataset, version, hash, rows FROM dataset');
  const inForce = db.query<[], { dataset: DatasetName; version: number }>(
    'SELECT dataset, version FROM dataset',
  );
  return {
    ...badgeReads(db),
    presence: (person: string) => presence.get(person) ?? null,
    whereabouts: (person: string): Whereabouts =>
      whereabouts.get(person, person) ?? { ...NOWHERE, ...reservedBy.get(person) },
    /** How many are in an area, named or not, and how many are on their way into it. */
    fill: (area: string) => fill.get(area, area) ?? { inside: 0, reserved: 0 },
    /** Who is in an area by name, and how many that the ledger cannot name. */
    heads: (area: string) => heads.get(area) ?? { named: 0, anonymous: 0 },
    ...boardReads(db),
    ...suspensionReads(db),
    ...laneReads(db),
    inForce(): InForce {
      const versions = { ...NO_DATASETS };
      for (const { dataset, version } of inForce.all()) versions[dataset] = version;
      return versions;
    },
    dataset: (name: DatasetName) => datasets.all().find((row) => row.dataset === name) ?? null,
  };
}

/** What people suspended here, beside what the datasets say. */
function suspensionReads(db: ReadableDb) {
  const overlay = db.query<[string], { suspended: number }>(
    'SELECT suspended FROM permit_overlay WHERE permit = ?',
  );
  const suspension = db.query<[string, string], { id: string }>(
    'SELECT id FROM suspension WHERE kind = ? AND id = ?',
  );
  const anyOf = db.query<[string, string, string | null], SuspendedColumns>(
    `SELECT EXISTS (SELECT 1 FROM suspension WHERE kind = 'person' AND id = ?) AS person,
       EXISTS (SELECT 1 FROM permit_overlay WHERE permit = ? AND suspended = 1) AS permit,
       EXISTS (SELECT 1 FROM suspension WHERE kind = 'enterprise' AND id = ?) AS enterprise`,
  );
  const isSuspendedHere = (permit: string) => overlay.get(permit)?.suspended === 1;
  const isSuspended = (kind: SuspendedKind, id: string) => suspension.get(kind, id) !== undefined;
  return {
    isSuspendedHere,
    /** Whether a person, or an enterprise, is suspended here. */
    isSuspended,
    /** What of a permit is suspended here: its holder, itself, the enterprise behind it. */
    suspendedHere(permit: Permit | null): PersonFacts['suspended'] {
      const of =
        permit === null ? undefined : anyOf.get(permit.person, permit.permit, permit.enterprise);
      return {
        person: of?.person === 1,
        permit: of?.permit === 1,
        enterprise: of?.enterprise === 1,
      };
    },
  };
}

interface SuspendedColumns {
  readonly person: number;
  readonly permit: number;
  readonly enterprise: number;
}

interface LaneColumns {
  readonly mode: DoorMode | null;
  readonly ordered_by: string | null;
  readonly turned: number;
  readonly shut: number;
}

export type LedgerReads = ReturnType<typeof ledgerReads>;

/** How far a board's events are in the journal, and which are missing. */
function boardReads(db: ReadableDb) {
  const fire = db.query<[string], { fire: number }>('SELECT fire FROM board WHERE board = ?');
  const index = db.query<[string, string, number, number], { last: number; missing: number }>(
    `SELECT coalesce((SELECT last_index FROM board WHERE board = ?), 0) AS last,
       EXISTS (SELECT 1 FROM board_gap
         WHERE board = ? AND from_index <= ? AND to_index >= ?) AS missing`,
  );
  const owed = db.query<[string, number], { from: number; to: number }>(
    `SELECT from_index AS "from", to_index AS "to" FROM board_gap
     WHERE board = ? ORDER BY from_index LIMIT ?`,
  );
  return {
    index(id: string, at: number) {
      const { last = 0, missing } = index.get(id, id, at, at) ?? {};
      return { last, missing: missing === 1 };
    },
    /** Whether its fire input was on as last heard. */
    hasFire: (id: string) => fire.get(id)?.fire === 1,
    /** What a board still owes, the oldest first. */
    owed: (id: string, limit: number) => owed.all(id, limit),
  };
}
