import { eventKey } from '../../../shared/domain/ids.ts';
import { MAX_LATE_MS } from '../../../shared/journal/happened.ts';
import { DAY_MS } from '../../../shared/lib/hk-time.ts';
import type { WritableDb } from '../store/database.ts';
import { type Appliers, happenedMs, type Projection } from './projection.ts';

/**
 * When each gate stood open for everybody, as its board showed it: what a late event of a leaf is
 * held against. A gate stands open from the moment it was shown so until it is shown otherwise.
 * Where its board was away before that, or the console was, nobody knows when it shut: it is taken
 * to have stood open until it was last shown so. `boot` and `away` tell of the time since then.
 */
const ddl = `
CREATE TABLE gate_held (
  key INTEGER PRIMARY KEY,
  lane TEXT NOT NULL,
  board TEXT NOT NULL,
  -- Led against the direction of the site file.
  turned INTEGER NOT NULL,
  from_ms INTEGER NOT NULL,
  -- Shown so last.
  seen_ms INTEGER NOT NULL,
  -- NULL while nothing else was shown.
  until_ms INTEGER,
  boot TEXT NOT NULL,
  away INTEGER NOT NULL,
  -- Persons whom the board let in by itself and whose leaf was not heard of yet; the newest's ms.
  named INTEGER NOT NULL DEFAULT 0,
  named_ms INTEGER
) STRICT;
CREATE INDEX gate_held_lane ON gate_held (lane, from_ms);
CREATE INDEX gate_held_now ON gate_held (board) WHERE until_ms IS NULL;
`;

/** A day longer than any event is believed to be late. Calendar ms. */
const KEPT_MS = MAX_LATE_MS + DAY_MS;
/** Whoever badges at an open gate goes through within this time. Calendar ms. */
const GOES_WITHIN_MS = 10_000;

interface HeldNow {
  readonly board: string;
}

function statements(db: WritableDb) {
  const now = 'lane = ? AND until_ms IS NULL';
  const then = `key = (SELECT key FROM gate_held WHERE lane = ? AND from_ms <= ?
    ORDER BY from_ms DESC, key DESC LIMIT 1)`;
  return {
    now: db.query<[string], HeldNow>(`SELECT board FROM gate_held WHERE ${now}`),
    again: db.write<[number, string, string]>(
      `UPDATE gate_held SET seen_ms = ?, boot = ?, away = 0 WHERE ${now}`,
    ),
    begin: db.write<[number, string, string, number, number, number, string]>(
      `INSERT INTO gate_held (key, lane, board, turned, from_ms, seen_ms, boot, away)
       VALUES (?, ?, ?, ?, ?, ?, ?, 0)`,
    ),
    end: db.write<[string, number, string]>(
      `UPDATE gate_held SET until_ms = iif(away = 1 OR boot <> ?, seen_ms, ?) WHERE ${now}`,
    ),
    forget: db.write<[string, number]>('DELETE FROM gate_held WHERE lane = ? AND until_ms < ?'),
    away: db.write<[string]>('UPDATE gate_held SET away = 1 WHERE board = ? AND until_ms IS NULL'),
    named: db.write<[number, number, string, number]>(
      `UPDATE gate_held SET named = iif(named_ms >= ?, named, 0) + 1, named_ms = ? WHERE ${then}`,
    ),
    heard: db.write<[string, number]>(
      `UPDATE gate_held SET named = named - 1 WHERE ${then} AND named > 0`,
    ),
    turned: db.query<[string], { turned: number }>('SELECT turned FROM lane_now WHERE lane = ?'),
  };
}

function appliers(db: WritableDb): Appliers {
  const sql = statements(db);
  return {
    'gate.mode': ({ at, boot, data: { board, lane, mode }, epoch, seq }) => {
      if (mode !== 'held') {
        sql.end.run(boot, at, lane);
        return;
      }
      if (sql.again.run(at, boot, lane) > 0) return;
      sql.forget.run(lane, at - KEPT_MS);
      const turned = sql.turned.get(lane)?.turned ?? 0;
      sql.begin.run(eventKey(epoch, seq), lane, board, turned, at, at, boot);
    },
    // It was confirmed by its board: the gate stands open as before, and leads the other way.
    'lane.turned': ({ at, boot, data: { lane, reversed }, epoch, seq }) => {
      const held = sql.now.get(lane);
      if (held === undefined) return;
      sql.end.run(boot, at, lane);
      const turned = reversed ? 1 : 0;
      sql.begin.run(eventKey(epoch, seq), lane, held.board, turned, at, at, boot);
    },
    'board.state': ({ data: { board, online } }) => {
      if (!online) sql.away.run(board);
    },
    'crossing.recorded': (event) => {
      const { granted, lane, paper, person } = event.data;
      if (!granted || person === null || paper !== undefined) return;
      const happened = happenedMs(event);
      sql.named.run(happened - GOES_WITHIN_MS, happened, lane, happened);
    },
    'door.heard': (event) => {
      const { crossing, lane, state } = event.data;
      if (state !== 'opened' || lane === null || crossing !== null) return;
      sql.heard.run(lane, happenedMs(event));
    },
  };
}

/** Applied after `lane`, whose rows it looks at. */
export const gateHeld: Projection = {
  name: 'gate-held',
  tables: { gate_held: 'all' },
  ddl,
  appliers,
};
