import { keyOf } from '../../../shared/domain/ids.ts';
import { canonicalJson } from '../../../shared/lib/canonical.ts';
import type { Reason } from '../../../shared/regime/requirement.ts';
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
  permit_status TEXT,
  verdict TEXT,
  state TEXT NOT NULL,
  timing TEXT NOT NULL,
  rule TEXT,
  regime_version INTEGER NOT NULL,
  reasons TEXT NOT NULL,
  exception TEXT,
  overstay INTEGER NOT NULL,
  opened INTEGER NOT NULL,
  ended_ms INTEGER
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
  deadline_mono INTEGER NOT NULL,
  boot TEXT NOT NULL,
  command_key INTEGER
) STRICT;
`;

const INSERT = `INSERT INTO crossing (key, crossing, at_ms, lane, checkpoint, line, direction,
  from_place, to_place, class, person, permit, permit_status, verdict, state, timing, rule,
  regime_version, reasons, exception, overstay, opened, ended_ms)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)`;

type InsertRow = [
  ...[number, string, number, string, string, string, string, string, string, string],
  ...[string | null, string | null, string | null, string | null, string, string],
  ...[string | null, number, string, string | null, number, number | null],
];

function statements(db: WritableDb) {
  return {
    insert: db.write<InsertRow>(INSERT),
    decide: db.write<
      [string, string, string, number, string, string | null, string | null, number, number]
    >(
      `UPDATE crossing SET verdict = ?, state = ?, rule = ?, regime_version = ?, reasons = ?,
         permit_status = ?, exception = coalesce(?, exception), overstay = ? WHERE key = ?`,
    ),
    state: db.write<[string, number]>('UPDATE crossing SET state = ? WHERE key = ?'),
    opened: db.write<[number]>("UPDATE crossing SET state = 'opened', opened = 1 WHERE key = ?"),
    end: db.write<[string, number, number]>(
      'UPDATE crossing SET state = ?, ended_ms = ? WHERE key = ?',
    ),
    reserve: db.write<[number, string, string | null, string | null, number, string]>(
      'INSERT INTO reservation (key, lane, person, area, deadline_mono, boot) VALUES (?,?,?,?,?,?)',
    ),
    extend: db.write<[number, string, number]>(
      'UPDATE reservation SET deadline_mono = ?, boot = ? WHERE key = ?',
    ),
    command: db.write<[number, number]>('UPDATE reservation SET command_key = ? WHERE key = ?'),
    free: db.write<[number]>('DELETE FROM reservation WHERE key = ?'),
  };
}

/** How long after opening a person may take to go through: real ms. */
export const PASSAGE_MS = 10_000;

function appliers(db: WritableDb): Appliers {
  const sql = statements(db);
  const reasons = (list: readonly Reason[]) => canonicalJson(list);
  const ended = (state: string) => (event: { at: number; data: { crossing: string } }) => {
    sql.end.run(state, event.at, keyOf(event.data.crossing));
    sql.free.run(keyOf(event.data.crossing));
  };
  return {
    'crossing.asked': (event) => insertAsked(sql.insert, event),
    'crossing.recorded': (event) => insertRecorded(sql.insert, event),
    'crossing.admitted': (event) => {
      const d = event.data;
      decided(sql, 'admit', 'admitted', d, d.overstay ? 1 : 0);
      const area = d.to.startsWith('beyond-') ? null : d.to;
      sql.reserve.run(keyOf(d.crossing), d.lane, d.person, area, d.deadlineMono, event.boot);
    },
    'crossing.refused': (event) => {
      decided(sql, 'refuse', 'refused', event.data, 0);
      sql.end.run('refused', event.at, keyOf(event.data.crossing));
    },
    'crossing.referred': (event) => decided(sql, 'refer', 'referred', event.data, 0),
    'crossing.opened': (event) => {
      sql.opened.run(keyOf(event.data.crossing));
      sql.extend.run(event.mono + PASSAGE_MS, event.boot, keyOf(event.data.crossing));
    },
    'gate.requested': (event) => {
      const { crossing: of, command } = event.data;
      if (of !== null) sql.command.run(keyOf(command), keyOf(of));
    },
    'crossing.passed': ended('passed'),
    'crossing.not-taken': ended('not-taken'),
    'crossing.unknown': ended('unknown'),
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
    const status = d.relied.permitStatus;
    const { rule, regimeVersion, exception, crossing } = d;
    // A referred crossing that a person later admits keeps its own reasons and verdict `refer`.
    const kept = exception !== null && verdict !== 'refer';
    if (kept) to.state.run(state, keyOf(crossing));
    else {
      const why = reasons(d.reasons);
      to.decide.run(
        verdict,
        state,
        rule,
        regimeVersion,
        why,
        status,
        exception,
        overstay,
        keyOf(crossing),
      );
    }
  }
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
    ...([d.person, d.permit, null, null, 'asked', d.timing] as const),
    ...([null, 0, '[]', null, 0, null] as const),
  );
}

function insertRecorded(
  insert: { run(...row: InsertRow): number },
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
    ...([d.person, d.permit, d.permitStatus, null, 'recorded', 'late'] as const),
    ...([
      null,
      d.regimeVersion,
      canonicalJson(d.reasons),
      null,
      d.granted ? 1 : 0,
      event.at,
    ] as const),
  );
}

export const crossing: Projection = {
  name: 'crossing',
  tables: ['crossing', 'reservation'],
  ddl,
  appliers,
};
