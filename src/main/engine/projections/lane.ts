import { isTurn } from '../../../shared/domain/gate.ts';
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
  ordered_by TEXT,
  -- The official who went through last.
  official TEXT,
  official_mono INTEGER,
  official_boot TEXT,
  -- Escorted visitors who went through since the official did.
  visitors INTEGER NOT NULL DEFAULT 0,
  -- Leads against the direction of the site file.
  turned INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
`;

function statements(db: WritableDb) {
  const put = (column: 'mode' | 'crossing' | 'command') =>
    db.write<[string, string]>(
      `INSERT INTO lane_now (lane, door, ${column}) VALUES (?, 'unknown', ?)
       ON CONFLICT (lane) DO UPDATE SET ${column} = excluded.${column}`,
    );
  return {
    mode: put('mode'),
    crossing: put('crossing'),
    command: put('command'),
    door: db.write<[string, string]>(
      `INSERT INTO lane_now (lane, door) VALUES (?, ?)
       ON CONFLICT (lane) DO UPDATE SET door = excluded.door`,
    ),
    over: db.write<[string, string]>(
      'UPDATE lane_now SET crossing = NULL WHERE lane = ? AND crossing = ?',
    ),
    orderedBy: db.write<[string, string]>('UPDATE lane_now SET ordered_by = ? WHERE lane = ?'),
    official: db.write<[string | null, number, string, string]>(
      `UPDATE lane_now SET official = ?, official_mono = ?, official_boot = ?, visitors = 0
       WHERE lane = ?`,
    ),
    visitor: db.write<[string]>('UPDATE lane_now SET visitors = visitors + 1 WHERE lane = ?'),
    turned: db.write<[string, number]>(
      `INSERT INTO lane_now (lane, door, turned) VALUES (?, 'unknown', ?)
       ON CONFLICT (lane) DO UPDATE SET turned = excluded.turned`,
    ),
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
      sql.crossing.run(event.data.lane, event.data.crossing);
    },
    'crossing.passed': (event) => {
      over(event);
      const { class: of, lane: at, person, timing } = event.data;
      if (of === 'escorted-visitor') sql.visitor.run(at);
      if (of === 'official' && timing !== 'late') {
        sql.official.run(person, event.mono, event.boot, at);
      }
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
      const open = { opened: 'open', 'open-too-long': 'open', followed: 'open' };
      sql.door.run(lane, { ...open, closed: 'closed', forced: 'forced' }[state]);
    },
    'gate.mode': (event) => void sql.mode.run(event.data.lane, event.data.mode),
    'lane.turned': (event) => void sql.turned.run(event.data.lane, event.data.reversed ? 1 : 0),
    'gate.requested': (event) => {
      const { lane, command, crossing, action } = event.data;
      if (crossing !== null) return;
      sql.command.run(lane, command);
      const { actor } = event;
      const by = actor.type === 'person' ? actor.role : 'console';
      if (action !== 'open' && !isTurn(action)) sql.orderedBy.run(by, lane);
    },
  };
}

export const lane: Projection = { name: 'lane', tables: { lane_now: 'all' }, ddl, appliers };
