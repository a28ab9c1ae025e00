import { keyOf } from '../../../shared/domain/ids.ts';
import { formName } from '../../../shared/domain/paper-form.ts';
import type { Place } from '../../../shared/domain/place.ts';
import { canonicalJson } from '../../../shared/lib/canonical.ts';
import { PASSAGE_MS } from '../core/timing.ts';
import type { WritableDb } from '../store/database.ts';
import { type Appliers, type EventOf, happenedMs, type Projection } from './projection.ts';

/** One row a crossing: who, where, what was decided and why, and how it ended. */
const ddl = `
CREATE TABLE crossing (
  key INTEGER PRIMARY KEY,
  crossing TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  lane TEXT NOT NULL,
  checkpoint TEXT NOT NULL,
  line TEXT NOT NULL,
  direction TEXT NOT NULL,
  from_place TEXT NOT NULL,
  to_place TEXT NOT NULL,
  class TEXT NOT NULL,
  person TEXT,
  permit TEXT,
  -- Only where no permit stands behind it: the one thing known of who that was.
  credential TEXT,
  permit_status TEXT,
  verdict TEXT,
  state TEXT NOT NULL,
  timing TEXT NOT NULL,
  rule TEXT,
  regime_version INTEGER NOT NULL,
  reasons TEXT NOT NULL,
  -- What every requirement gave, also those not asked for; null where it was not recorded.
  outcomes TEXT,
  exception TEXT,
  overstay INTEGER NOT NULL,
  -- Of one that the board decided alone: whether it opened. Null for all others.
  granted INTEGER,
  -- Of one that was keyed in from paper: the form.
  form TEXT,
  admitted_ms INTEGER,
  opened_ms INTEGER,
  ended_ms INTEGER,
  -- Of one whose end nobody saw: what a person said of it, passed or not-taken.
  answered TEXT,
  -- When the passage happened, under which it is counted.
  passed_ms INTEGER
) STRICT;
CREATE INDEX crossing_time ON crossing (at_ms);
CREATE INDEX crossing_person ON crossing (person, key) WHERE person IS NOT NULL;
CREATE INDEX crossing_permit ON crossing (permit, key) WHERE permit IS NOT NULL;
CREATE INDEX crossing_lane ON crossing (lane, key);
-- A row for each crossing under way: so few that every look at them reads them all.
CREATE TABLE reservation (
  key INTEGER PRIMARY KEY,
  lane TEXT NOT NULL,
  person TEXT,
  area TEXT,
  admitted_mono INTEGER NOT NULL,
  deadline_mono INTEGER NOT NULL,
  boot TEXT NOT NULL,
  command_key INTEGER,
  -- Leaves that moved and may have been this crossing's or another's.
  shared_leaves INTEGER NOT NULL DEFAULT 0
) STRICT;
`;

/** Crossings whose end is not known yet: under way, unknown, or with a person who decides. */
const UNSETTLED = `key IN (SELECT key FROM reservation UNION SELECT key FROM unknown_passage
  UNION SELECT crossing_key FROM exception INDEXED BY exception_open WHERE outcome IS NULL)`;

const INSERT = `INSERT INTO crossing (key, crossing, at_ms, lane, checkpoint, line, direction,
  from_place, to_place, class, person, permit, credential, permit_status, verdict, state, timing,
  rule, regime_version, reasons, exception, overstay, granted, ended_ms)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)`;

type InsertRow = [
  ...[number, string, number, string, string, string, string, string, string, string],
  ...[string | null, string | null, string | null, string | null, string | null, string, string],
  ...[string | null, number, string, string | null, number | null, number | null],
];

function statements(db: WritableDb) {
  return {
    insert: db.write<InsertRow>(INSERT),
    onForm: db.write<[string, number]>('UPDATE crossing SET form = ? WHERE key = ?'),
    decide: db.write<
      [
        ...[string, string, string, number, string],
        ...[string | null, string | null, string | null, number, number, number],
      ]
    >(
      `UPDATE crossing SET verdict = ?, state = ?, rule = ?, regime_version = ?, reasons = ?,
         outcomes = ?, permit_status = ?, exception = coalesce(?, exception), overstay = ?,
         admitted_ms = iif(?, at_ms, NULL) WHERE key = ?`,
    ),
    admitted: db.write<[number, number, number]>(
      "UPDATE crossing SET state = 'admitted', overstay = ?, admitted_ms = ? WHERE key = ?",
    ),
    opened: db.write<[number, number]>(
      "UPDATE crossing SET state = 'opened', opened_ms = ? WHERE key = ?",
    ),
    end: db.write<[string, number, number]>(
      'UPDATE crossing SET state = ?, ended_ms = ? WHERE key = ?',
    ),
    /** Somebody who is at one end of the lane went through, or did not. */
    answered: db.write<[Place, number]>(
      `UPDATE crossing SET answered =
         CASE ? WHEN to_place THEN 'passed' WHEN from_place THEN 'not-taken' END
       WHERE key = ? AND state = 'unknown' AND answered IS NULL`,
    ),
    passed: db.write<[number, number]>('UPDATE crossing SET passed_ms = ? WHERE key = ?'),
    reserve: db.write<[number, string, string | null, string | null, number, number, string]>(
      `INSERT INTO reservation (key, lane, person, area, admitted_mono, deadline_mono, boot)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    extend: db.write<[number, string, number]>(
      'UPDATE reservation SET deadline_mono = ?, boot = ? WHERE key = ?',
    ),
    command: db.write<[number, number]>('UPDATE reservation SET command_key = ? WHERE key = ?'),
    sharedLeaf: db.write<[number]>(
      'UPDATE reservation SET shared_leaves = shared_leaves + 1 WHERE key = ?',
    ),
    free: db.write<[number]>('DELETE FROM reservation WHERE key = ?'),
  };
}

/** A board tells whole seconds: what happened in this one counts as after it. */
function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

function appliers(db: WritableDb): Appliers {
  const sql = statements(db);
  const ended = (state: string) => (event: { at: number; data: { crossing: string } }) => {
    sql.end.run(state, event.at, keyOf(event.data.crossing));
    sql.free.run(keyOf(event.data.crossing));
  };
  return {
    'crossing.asked': (event) => insertAsked(sql.insert, event),
    'crossing.recorded': (event) => insertRecorded(sql, event),
    'crossing.admitted': (event) => {
      const d = event.data;
      // A referred crossing that a person admits keeps its own reasons and verdict `refer`.
      const overstay = d.overstay ? 1 : 0;
      if (d.exception === null) decided(sql, 'admit', 'admitted', d, overstay);
      else sql.admitted.run(overstay, wholeSecond(event.at), keyOf(d.crossing));
      const area = d.to.startsWith('beyond-') ? null : d.to;
      const untilMono = [event.mono, d.deadlineMono] as const;
      sql.reserve.run(keyOf(d.crossing), d.lane, d.person, area, ...untilMono, event.boot);
    },
    'crossing.refused': (event) => {
      decided(sql, 'refuse', 'refused', event.data, 0);
      sql.end.run('refused', event.at, keyOf(event.data.crossing));
    },
    'crossing.referred': (event) => decided(sql, 'refer', 'referred', event.data, 0),
    'crossing.opened': (event) => {
      const key = keyOf(event.data.crossing);
      sql.opened.run(event.at, key);
      sql.extend.run(event.mono + PASSAGE_MS, event.boot, key);
    },
    'gate.requested': (event) => {
      const { crossing: of, command } = event.data;
      if (of !== null) sql.command.run(keyOf(command), keyOf(of));
    },
    'door.heard': (event) => {
      for (const crossing of event.data.between ?? []) sql.sharedLeaf.run(keyOf(crossing));
    },
    'crossing.passed': (event) => {
      ended('passed')(event);
      sql.passed.run(happenedMs(event), keyOf(event.data.crossing));
    },
    'crossing.not-taken': ended('not-taken'),
    'crossing.unknown': ended('unknown'),
    ...answeredBy(sql),
    'exception.resolved': (event) => {
      const { outcome, crossing } = event.data;
      if (outcome === 'refuse') sql.end.run('refused', event.at, keyOf(crossing));
      if (outcome === 'lapsed') sql.end.run('not-taken', event.at, keyOf(crossing));
    },
  };

  function decided(
    to: typeof sql,
    verdict: string,
    state: string,
    d:
      | EventOf<'crossing.admitted'>['data']
      | EventOf<'crossing.referred'>['data']
      | EventOf<'crossing.refused'>['data'],
    overstay: number,
  ): void {
    const { rule, regimeVersion, relied, exception, crossing } = d;
    to.decide.run(
      ...([verdict, state, rule, regimeVersion, canonicalJson(d.reasons)] as const),
      ...([relied.outcomes ?? null, relied.permitStatus, exception, overstay] as const),
      ...([verdict === 'admit' ? 1 : 0, keyOf(crossing)] as const),
    );
  }
}

/** Who is at one end of its lane says how a passage ended that nobody saw. */
function answeredBy({ answered }: Pick<ReturnType<typeof statements>, 'answered'>): Appliers {
  return {
    'presence.set': ({ data: { crossing, place } }) => {
      if (crossing !== null) answered.run(place, keyOf(crossing));
    },
    'passage.answered': ({ data: { crossing, from, passage, to } }) => {
      answered.run(passage === 'passed' ? to : from, keyOf(crossing));
    },
  };
}

function unnamed({ person, credential }: { person: string | null; credential: string }) {
  return person === null ? credential : null;
}

function insertAsked(insert: { run(...row: InsertRow): number }, event: EventOf<'crossing.asked'>) {
  const d = event.data;
  const at = happenedMs(event);
  insert.run(
    ...([
      keyOf(d.crossing),
      d.crossing,
      at,
      d.lane,
      d.checkpoint,
      d.line,
      d.direction,
      d.from,
      d.to,
      d.class,
    ] as const),
    ...([d.person, d.permit, unnamed(d), null, null, 'asked', d.timing] as const),
    ...([null, 0, '[]', null, null, null] as const),
  );
}

function insertRecorded(
  { insert, onForm }: Pick<ReturnType<typeof statements>, 'insert' | 'onForm'>,
  event: EventOf<'crossing.recorded'>,
) {
  const d = event.data;
  const at = happenedMs(event);
  insert.run(
    ...([
      keyOf(d.crossing),
      d.crossing,
      at,
      d.lane,
      d.checkpoint,
      d.line,
      d.direction,
      d.from,
      d.to,
      d.class,
    ] as const),
    ...([d.person, d.permit, unnamed(d), d.permitStatus, null, 'recorded'] as const),
    // Those of old say nothing of it, and most of them were late.
    ...([d.timing ?? 'late'] as const),
    ...([null, d.regimeVersion, canonicalJson(d.reasons), null] as const),
    ...([d.granted ? 1 : 0, event.at] as const),
  );
  if (d.paper === undefined) return;
  onForm.run(formName(d.paper.series, d.paper.number), keyOf(d.crossing));
}

export const crossing: Projection = {
  name: 'crossing',
  tables: { crossing: { where: UNSETTLED }, reservation: 'all' },
  ddl,
  appliers,
};
