import { keyOf } from '../../../shared/domain/ids.ts';
import type { Place } from '../../../shared/domain/place.ts';
import { userOf } from '../../../shared/journal/envelope.ts';
import { canonicalJson } from '../../../shared/lib/canonical.ts';
import type { WritableDb } from '../store/database.ts';
import type { Appliers, Projection } from './projection.ts';

/** Referred persons: one row an exception, from its opening until a person decided or it lapsed. */
const ddl = `
CREATE TABLE exception (
  key INTEGER PRIMARY KEY,
  exception TEXT NOT NULL UNIQUE,
  crossing TEXT NOT NULL,
  crossing_key INTEGER NOT NULL,
  lane TEXT NOT NULL,
  person TEXT,
  permit TEXT,
  class TEXT NOT NULL,
  place TEXT,
  rule TEXT NOT NULL,
  regime_version INTEGER NOT NULL,
  reasons TEXT NOT NULL,
  opened_ms INTEGER NOT NULL,
  opened_mono INTEGER NOT NULL,
  boot TEXT NOT NULL,
  outcome TEXT,
  resolved_ms INTEGER,
  resolved_by TEXT,
  reason TEXT,
  waited_ms INTEGER
) STRICT;
CREATE INDEX exception_open ON exception (person, lane) WHERE outcome IS NULL;
`;

/** Columns of an exception's row that are read while it is open. */
export interface ExceptionColumns {
  exception: string;
  crossing: string;
  lane: string;
  person: string | null;
  permit: string | null;
  class: string;
  place: Place | null;
  rule: string;
  regime_version: number;
  reasons: string;
  opened_ms: number;
}

function appliers(db: WritableDb): Appliers {
  const open = db.write<
    [
      ...[
        number,
        string,
        string,
        number,
        string,
        string | null,
        string | null,
        string,
        string | null,
      ],
      ...[string, number, string, number, number, string],
    ]
  >(
    `INSERT INTO exception (key, exception, crossing, crossing_key, lane, person, permit,
       class, place, rule,
       regime_version, reasons, opened_ms, opened_mono, boot)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const resolve = db.write<[string, number, string | null, string | null, number, string]>(
    `UPDATE exception SET outcome = ?, resolved_ms = ?, resolved_by = ?, reason = ?, waited_ms = ?
     WHERE exception = ?`,
  );
  return {
    'crossing.referred': (event) => {
      const d = event.data;
      open.run(
        ...([
          keyOf(d.exception),
          d.exception,
          d.crossing,
          keyOf(d.crossing),
          d.lane,
          d.person,
          d.permit,
          d.class,
        ] as const),
        ...([d.relied.place, d.rule, d.regimeVersion, canonicalJson(d.reasons)] as const),
        ...([event.at, event.mono, event.boot] as const),
      );
    },
    'exception.resolved': (event) => {
      const d = event.data;
      const by = userOf(event.actor);
      resolve.run(d.outcome, event.at, by, d.reason, d.waitedMs, d.exception);
    },
  };
}

export const exception: Projection = {
  name: 'exception',
  tables: { exception: { where: 'outcome IS NULL' } },
  ddl,
  appliers,
};
