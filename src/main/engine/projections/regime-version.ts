import { keyOf } from '../../../shared/domain/ids.ts';
import { userOf } from '../../../shared/journal/envelope.ts';
import type { WritableDb } from '../store/database.ts';
import type { Appliers, Projection } from './projection.ts';

/** Versions of the regime that were drafted here, what became of each, and their whole texts. */
const ddl = `
CREATE TABLE regime_version (
  key INTEGER PRIMARY KEY,
  draft TEXT NOT NULL UNIQUE,
  regime TEXT NOT NULL,
  version INTEGER NOT NULL,
  hash TEXT NOT NULL,
  effective_ms INTEGER NOT NULL,
  state TEXT NOT NULL,
  drafted_ms INTEGER NOT NULL,
  drafted_by TEXT,
  from_ms INTEGER,
  proposed_by TEXT,
  proposed_side TEXT,
  enacted_by TEXT,
  enacted_ms INTEGER,
  withdrawn_by TEXT,
  reason TEXT
) STRICT;
CREATE TABLE regime_text (
  hash TEXT NOT NULL,
  part INTEGER NOT NULL,
  parts INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (hash, part)
) STRICT, WITHOUT ROWID;
`;

/** `proposed`: one of two persons wants it. */
export type VersionState = 'drafted' | 'proposed' | 'enacted' | 'withdrawn';

export interface RegimeVersionColumns {
  key: number;
  draft: string;
  regime: string;
  version: number;
  hash: string;
  effective_ms: number;
  state: VersionState;
  drafted_ms: number;
  drafted_by: string | null;
  from_ms: number | null;
  proposed_by: string | null;
  proposed_side: string | null;
  enacted_by: string | null;
  enacted_ms: number | null;
  withdrawn_by: string | null;
  reason: string | null;
}

function statements(db: WritableDb) {
  type Told = [number, string, string, number, string, number, number];
  type Drafted = [...Told, by: string | null, reason: string | null];
  return {
    text: db.write<[string, number, number, string]>(
      'INSERT OR IGNORE INTO regime_text (hash, part, parts, text) VALUES (?, ?, ?, ?)',
    ),
    draft: db.write<Drafted>(
      `INSERT INTO regime_version (key, draft, regime, version, hash, effective_ms, state,
         drafted_ms, drafted_by, reason) VALUES (?, ?, ?, ?, ?, ?, 'drafted', ?, ?, ?)`,
    ),
    propose: db.write<[number, string | null, string | null, string, number]>(
      `UPDATE regime_version SET state = 'proposed', from_ms = ?, proposed_by = ?,
         proposed_side = ?, reason = ? WHERE key = ?`,
    ),
    enact: db.write<[number, string | null, number, string, number]>(
      `UPDATE regime_version SET state = 'enacted', from_ms = ?, enacted_by = ?, enacted_ms = ?,
         reason = ? WHERE key = ?`,
    ),
    withdraw: db.write<[string | null, string, number]>(
      `UPDATE regime_version SET state = 'withdrawn', withdrawn_by = ?, reason = ? WHERE key = ?`,
    ),
  };
}

function appliers(db: WritableDb): Appliers {
  const sql = statements(db);
  return {
    'regime.text': ({ data }) => void sql.text.run(data.hash, data.part, data.parts, data.text),
    'regime.drafted': (event) => {
      const { draft, regime, version, hash, effectiveFromMs, reason = null } = event.data;
      const told = [regime, version, hash, effectiveFromMs, event.at] as const;
      sql.draft.run(keyOf(draft), draft, ...told, userOf(event.actor), reason);
    },
    'regime.proposed': (event) => {
      const { draft, fromMs, side, reason } = event.data;
      sql.propose.run(fromMs, userOf(event.actor), side, reason, keyOf(draft));
    },
    'regime.enacted': (event) => {
      const { draft, fromMs, reason } = event.data;
      sql.enact.run(fromMs, userOf(event.actor), event.at, reason, keyOf(draft));
    },
    'regime.withdrawn': (event) => {
      sql.withdraw.run(userOf(event.actor), event.data.reason, keyOf(event.data.draft));
    },
  };
}

export const regimeVersion: Projection = {
  name: 'regime-version',
  tables: { regime_version: 'all', regime_text: 'all' },
  ddl,
  appliers,
};
