import { keyOf } from '../../../shared/domain/ids.ts';
import type { WritableDb } from '../store/database.ts';
import type { Appliers, Projection } from './projection.ts';

/** Each lane now: mode and door as its board shows them, the crossing under way there. */
const ddl = `
CREATE TABLE lane_now (
  lane TEXT PRIMARY KEY,
  mode TEXT,
  door TEXT NOT NULL,
  crossing TEXT,
  command TEXT,
  official_ms INTEGER
) STRICT, WITHOUT ROWID;
`;

function statements(db: WritableDb) {
  return {
    seen: db.write<[string]>(
      "INSERT INTO lane_now (lane, door) VALUES (?, 'unknown') ON CONFLICT (lane) DO NOTHING",
    ),
    mode: db.write<[string, string]>('UPDATE lane_now SET mode = ? WHERE lane = ?'),
    door: db.write<[string, string]>('UPDATE lane_now SET door = ? WHERE lane = ?'),
    crossing: db.write<[string, string]>('UPDATE lane_now SET crossing = ? WHERE lane = ?'),
    over: db.write<[string, string]>(
      'UPDATE lane_now SET crossing = NULL WHERE lane = ? AND crossing = ?',
    ),
    official: db.write<[number, string]>('UPDATE lane_now SET official_ms = ? WHERE lane = ?'),
    command: db.write<[string, string]>('UPDATE lane_now SET command = ? WHERE lane = ?'),
    laneOf: db.query<[number], { lane: string }>('SELECT lane FROM crossing WHERE key = ?'),
  };
}

function appliers(db: WritableDb): Appliers {
  const sql = statements(db);
  const over = (event: { data: { lane: string; crossing: string } }) => {
    sql.over.run(event.data.lane, event.data.crossing);
  };
  return {
    'crossing.asked': (event) => {
      if (event.data.timing === 'late') return;
      sql.seen.run(event.data.lane);
      sql.crossing.run(event.data.crossing, event.data.lane);
    },
    'crossing.passed': (event) => {
      over(event);
      if (event.data.class === 'official') sql.official.run(event.at, event.data.lane);
    },
    'crossing.not-taken': over,
    'crossing.unknown': over,
    'crossing.refused': over,
    'exception.resolved': (event) => {
      const { crossing, outcome } = event.data;
      const lane = sql.laneOf.get(keyOf(crossing))?.lane;
      if (lane !== undefined && outcome !== 'admit') sql.over.run(lane, crossing);
    },
    'door.heard': (event) => {
      const { lane, state, timing } = event.data;
      if (lane === null || timing === 'late') return;
      sql.seen.run(lane);
      const door = { opened: 'open', closed: 'closed', forced: 'forced', 'open-too-long': 'open' };
      sql.door.run(door[state], lane);
    },
    'gate.mode': (event) => {
      sql.seen.run(event.data.lane);
      sql.mode.run(event.data.mode, event.data.lane);
    },
    'gate.requested': (event) => {
      if (event.data.crossing !== null) return;
      sql.seen.run(event.data.lane);
      sql.command.run(event.data.command, event.data.lane);
    },
  };
}

export const lane: Projection = { name: 'lane', tables: ['lane_now'], ddl, appliers };
