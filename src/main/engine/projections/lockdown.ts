import { keyOf } from '../../../shared/domain/ids.ts';
import { userOf } from '../../../shared/journal/envelope.ts';
import type { WritableDb } from '../store/database.ts';
import type { Appliers, Projection } from './projection.ts';

/** Lockdowns: who proposed and who confirmed each beginning and end, and which lanes it shuts. */
const ddl = `
CREATE TABLE lockdown (
  key INTEGER PRIMARY KEY,
  lockdown TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,
  area TEXT,
  exits TEXT NOT NULL,
  proposed_by TEXT,
  proposed_side TEXT,
  proposed_ms INTEGER NOT NULL,
  needs TEXT,
  begun_by TEXT,
  begun_ms INTEGER,
  ended_by TEXT,
  ended_ms INTEGER,
  lanes TEXT NOT NULL,
  locked_before TEXT NOT NULL
) STRICT;
`;

export interface LockdownColumns {
  key: number;
  lockdown: string;
  state: string;
  area: string | null;
  exits: string;
  proposed_by: string | null;
  proposed_side: string | null;
  proposed_ms: number;
  needs: string | null;
  begun_by: string | null;
  begun_ms: number | null;
  ended_by: string | null;
  ended_ms: number | null;
  lanes: string;
  locked_before: string;
}

type Text = string | null;

function statements(db: WritableDb) {
  return {
    propose: db.write<[number, string, Text, string, Text, Text, number, Text]>(
      `INSERT INTO lockdown (key, lockdown, state, area, exits, proposed_by, proposed_side,
         proposed_ms, needs, lanes, locked_before)
       VALUES (?, ?, 'proposed', ?, ?, ?, ?, ?, ?, '[]', '[]')`,
    ),
    begin: db.write<[Text, number, string, string, number]>(
      `UPDATE lockdown SET state = 'in-force', begun_by = ?, begun_ms = ?, lanes = ?,
         locked_before = ?, needs = NULL WHERE key = ?`,
    ),
    proposeEnd: db.write<[Text, Text, number, Text, number]>(
      `UPDATE lockdown SET state = 'ending', proposed_by = ?, proposed_side = ?, proposed_ms = ?,
         needs = ? WHERE key = ?`,
    ),
    end: db.write<[Text, number, number]>(
      `UPDATE lockdown SET state = 'ended', ended_by = ?, ended_ms = ?, needs = NULL WHERE key = ?`,
    ),
    withdraw: db.write<[string, number]>(
      'UPDATE lockdown SET state = ?, needs = NULL WHERE key = ?',
    ),
  };
}

function appliers(db: WritableDb): Appliers {
  const sql = statements(db);
  return {
    'lockdown.proposed': (event) => {
      const { area, exits, lockdown, other, side } = event.data;
      const told = [area, exits, userOf(event.actor), side, event.at, other] as const;
      sql.propose.run(keyOf(lockdown), lockdown, ...told);
    },
    'lockdown.begun': (event) => {
      const { lanes, lockdown, lockedBefore } = event.data;
      const held = [JSON.stringify(lanes), JSON.stringify(lockedBefore)] as const;
      sql.begin.run(userOf(event.actor), event.at, ...held, keyOf(lockdown));
    },
    'lockdown.end-proposed': (event) => {
      const { lockdown, other, side } = event.data;
      sql.proposeEnd.run(userOf(event.actor), side, event.at, other, keyOf(lockdown));
    },
    'lockdown.ended': (event) => {
      sql.end.run(userOf(event.actor), event.at, keyOf(event.data.lockdown));
    },
    'lockdown.withdrawn': ({ data }) => {
      sql.withdraw.run(data.what === 'begin' ? 'withdrawn' : 'in-force', keyOf(data.lockdown));
    },
  };
}

export const lockdown: Projection = {
  name: 'lockdown',
  tables: { lockdown: 'all' },
  ddl,
  appliers,
};
