import { hkDay, minuteOf } from '../../../shared/lib/hk-time.ts';
import type { WritableDb } from '../store/database.ts';
import { type Appliers, happenedMs, type Projection, recounted } from './projection.ts';

/** Persons who passed: per minute by line and direction, per day by lane. */
const ddl = `
CREATE TABLE line_flow (
  minute_ms INTEGER NOT NULL,
  line TEXT NOT NULL,
  direction TEXT NOT NULL,
  passed INTEGER NOT NULL,
  PRIMARY KEY (minute_ms, line, direction)
) STRICT, WITHOUT ROWID;
CREATE TABLE lane_day (
  lane TEXT NOT NULL,
  day TEXT NOT NULL,
  passed INTEGER NOT NULL,
  PRIMARY KEY (lane, day)
) STRICT, WITHOUT ROWID;
`;

interface Passage {
  readonly lane: string;
  readonly line: string;
  readonly direction: string;
}

function appliers(db: WritableDb): Appliers {
  const byLine = db.write<[number, string, string, number]>(
    `INSERT INTO line_flow (minute_ms, line, direction, passed) VALUES (?, ?, ?, ?)
     ON CONFLICT (minute_ms, line, direction) DO UPDATE SET passed = passed + excluded.passed`,
  );
  const byDay = db.write<[string, string, number]>(
    `INSERT INTO lane_day (lane, day, passed) VALUES (?, ?, ?)
     ON CONFLICT (lane, day) DO UPDATE SET passed = passed + excluded.passed`,
  );
  const count = (p: Passage, whenMs: number, by: 1 | -1 = 1) => {
    byLine.run(minuteOf(whenMs), p.line, p.direction, by);
    byDay.run(p.lane, hkDay(whenMs), by);
  };
  return {
    'crossing.passed': (event) => count(event.data, happenedMs(event)),
    'crossing.recorded': (event) => {
      if (event.data.granted) count(event.data, happenedMs(event));
    },
    'correction.confirmed': recounted(count),
  };
}

export const flow: Projection = {
  name: 'flow',
  tables: { line_flow: 'none', lane_day: 'none' },
  ddl,
  appliers,
};
