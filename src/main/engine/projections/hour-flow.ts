import type { WritableDb } from '../store/database.ts';
import { type Appliers, happenedMs, type Projection, recounted } from './projection.ts';

/**
 * Persons who passed, per hour, lane and class: what the daily report prints. The minutes of `flow`
 * would be read ten times slower, since at 300 lanes most of them hold a single person.
 */
const ddl = `
CREATE TABLE hour_flow (
  hour_ms INTEGER NOT NULL,
  checkpoint TEXT NOT NULL,
  lane TEXT NOT NULL,
  line TEXT NOT NULL,
  direction TEXT NOT NULL,
  class TEXT NOT NULL,
  passed INTEGER NOT NULL,
  PRIMARY KEY (hour_ms, checkpoint, lane, line, direction, class)
) STRICT, WITHOUT ROWID;
`;

/** Hong Kong's hours begin with those of UTC. */
const HOUR_MS = 3_600_000;

interface Passage {
  readonly checkpoint: string;
  readonly lane: string;
  readonly line: string;
  readonly direction: string;
  readonly class: string;
}

function appliers(db: WritableDb): Appliers {
  const add = db.write<[number, string, string, string, string, string, number]>(
    `INSERT INTO hour_flow (hour_ms, checkpoint, lane, line, direction, class, passed)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (hour_ms, checkpoint, lane, line, direction, class)
     DO UPDATE SET passed = passed + excluded.passed`,
  );
  const count = (p: Passage, whenMs: number, by: 1 | -1 = 1) => {
    const hour = Math.floor(whenMs / HOUR_MS) * HOUR_MS;
    add.run(hour, p.checkpoint, p.lane, p.line, p.direction, p.class, by);
  };
  return {
    'crossing.passed': (event) => count(event.data, happenedMs(event)),
    'crossing.recorded': (event) => {
      if (event.data.granted) count(event.data, happenedMs(event));
    },
    'correction.confirmed': recounted(count),
  };
}

export const hourFlow: Projection = {
  name: 'hour-flow',
  tables: { hour_flow: 'none' },
  ddl,
  appliers,
};
