import { keyOf } from '../../../shared/domain/ids.ts';
import { userOf } from '../../../shared/journal/envelope.ts';
import { canonicalJson } from '../../../shared/lib/canonical.ts';
import type { WritableDb } from '../store/database.ts';
import { type Appliers, happenedMs, type Projection } from './projection.ts';

/** Incidents: raised, acknowledged, resolved; repeats while open are counted. */
const ddl = `
CREATE TABLE incident (
  key INTEGER PRIMARY KEY,
  incident TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  priority INTEGER NOT NULL,
  state TEXT NOT NULL,
  opened_ms INTEGER NOT NULL,
  checkpoint TEXT,
  lane TEXT,
  board TEXT,
  crossing TEXT,
  timing TEXT NOT NULL,
  count INTEGER NOT NULL,
  note TEXT,
  params TEXT NOT NULL,
  acknowledged_ms INTEGER,
  acknowledged_by TEXT,
  resolved_ms INTEGER,
  resolved_by TEXT,
  reason TEXT
) STRICT;
CREATE INDEX incident_open ON incident (board, lane) WHERE state <> 'resolved';
CREATE INDEX incident_crossing ON incident (crossing) WHERE crossing IS NOT NULL;
CREATE INDEX incident_time ON incident (opened_ms);
`;

function appliers(db: WritableDb): Appliers {
  const raise = db.write<
    [
      ...[number, string, string, number, number, string | null, string | null, string | null],
      ...[string | null, string, string | null, string],
    ]
  >(
    `INSERT INTO incident (key, incident, type, priority, state, opened_ms, checkpoint, lane,
       board, crossing, timing, count, note, params)
     VALUES (?, ?, ?, ?, 'raised', ?, ?, ?, ?, ?, ?, 1, ?, ?)`,
  );
  const repeat = db.write<[string]>('UPDATE incident SET count = count + 1 WHERE incident = ?');
  const acknowledge = db.write<[number, string | null, string]>(
    `UPDATE incident SET state = 'acknowledged', acknowledged_ms = ?, acknowledged_by = ?
     WHERE incident = ?`,
  );
  const resolve = db.write<[number, string | null, string | null, string]>(
    `UPDATE incident SET state = 'resolved', resolved_ms = ?, resolved_by = ?, reason = ?
     WHERE incident = ?`,
  );
  return {
    'incident.raised': (event) => {
      const d = event.data;
      raise.run(
        ...([keyOf(d.incident), d.incident, d.type, d.priority, happenedMs(event)] as const),
        ...([d.checkpoint, d.lane, d.board, d.crossing] as const),
        ...([d.timing, d.note, canonicalJson(d.params)] as const),
      );
    },
    'incident.repeated': (event) => void repeat.run(event.data.incident),
    'incident.acknowledged': (event) => {
      acknowledge.run(event.at, userOf(event.actor), event.data.incident);
    },
    'incident.resolved': (event) => {
      resolve.run(event.at, userOf(event.actor), event.data.reason, event.data.incident);
    },
  };
}

export const incident: Projection = {
  name: 'incident',
  tables: { incident: { where: "state <> 'resolved'" } },
  ddl,
  appliers,
};
