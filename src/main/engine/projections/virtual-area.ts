import { keyOf } from '../../../shared/domain/ids.ts';
import { userOf } from '../../../shared/journal/envelope.ts';
import type { WritableDb } from '../store/database.ts';
import type { Appliers, Projection } from './projection.ts';

/** Who is in areas without gates by declaration, and what was filed with the other side. */
const ddl = `
CREATE TABLE virtual_presence (
  area TEXT NOT NULL,
  enterprise TEXT NOT NULL,
  persons TEXT NOT NULL,
  from_ms INTEGER NOT NULL,
  to_ms INTEGER,
  declared_ms INTEGER NOT NULL,
  declared_by TEXT,
  PRIMARY KEY (area, enterprise)
) STRICT, WITHOUT ROWID;
CREATE TABLE filing (
  key INTEGER PRIMARY KEY,
  filing TEXT NOT NULL UNIQUE,
  area TEXT NOT NULL,
  enterprise TEXT NOT NULL,
  about TEXT NOT NULL,
  authority TEXT NOT NULL,
  reference TEXT NOT NULL,
  sent_ms INTEGER NOT NULL,
  sent_by TEXT,
  due_ms INTEGER NOT NULL,
  answered_ms INTEGER,
  answered_by TEXT,
  outcome TEXT,
  answer_reference TEXT,
  -- That it was not answered in time.
  incident TEXT
) STRICT;
CREATE INDEX filing_waiting ON filing (due_ms, key) WHERE answered_ms IS NULL;
CREATE INDEX filing_untold ON filing (due_ms, key)
  WHERE answered_ms IS NULL AND incident IS NULL;
CREATE INDEX filing_answered ON filing (key) WHERE answered_ms IS NOT NULL;
`;

export interface DeclarationColumns {
  area: string;
  enterprise: string;
  persons: string;
  from_ms: number;
  to_ms: number | null;
  declared_ms: number;
  declared_by: string | null;
}

export interface FilingColumns {
  key: number;
  filing: string;
  area: string;
  enterprise: string;
  about: string;
  authority: string;
  reference: string;
  sent_ms: number;
  sent_by: string | null;
  due_ms: number;
  answered_ms: number | null;
  answered_by: string | null;
  outcome: string | null;
  answer_reference: string | null;
  incident: string | null;
}

type Text = string | null;

function appliers(db: WritableDb): Appliers {
  const declare = db.write<[string, string, string, number, number | null, number, Text]>(
    `INSERT INTO virtual_presence (area, enterprise, persons, from_ms, to_ms, declared_ms,
       declared_by) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (area, enterprise) DO UPDATE SET persons = excluded.persons,
       from_ms = excluded.from_ms, to_ms = excluded.to_ms, declared_ms = excluded.declared_ms,
       declared_by = excluded.declared_by`,
  );
  const send = db.write<
    [number, string, string, string, string, string, string, number, Text, number]
  >(
    `INSERT INTO filing (key, filing, area, enterprise, about, authority, reference, sent_ms,
       sent_by, due_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const answer = db.write<[number, Text, string, string, number]>(
    `UPDATE filing SET answered_ms = ?, answered_by = ?, outcome = ?, answer_reference = ?
     WHERE key = ?`,
  );
  const overdue = db.write<[string, number]>('UPDATE filing SET incident = ? WHERE key = ?');
  return {
    'virtual.declared': (event) => {
      const { area, enterprise, fromMs, persons, toMs } = event.data;
      const who = JSON.stringify(persons);
      declare.run(area, enterprise, who, fromMs, toMs, event.at, userOf(event.actor));
    },
    'filing.sent': (event) => {
      const { about, area, authority, dueMs, enterprise, filing, reference } = event.data;
      const told = [area, enterprise, about, authority, reference] as const;
      send.run(keyOf(filing), filing, ...told, event.at, userOf(event.actor), dueMs);
    },
    'filing.answered': (event) => {
      const { filing, outcome, reference } = event.data;
      answer.run(event.at, userOf(event.actor), outcome, reference, keyOf(filing));
    },
    'filing.overdue': ({ data }) => void overdue.run(data.incident, keyOf(data.filing)),
  };
}

export const virtualArea: Projection = {
  name: 'virtual-area',
  tables: { virtual_presence: 'all', filing: 'all' },
  ddl,
  appliers,
};
