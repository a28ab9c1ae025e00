import { eventKey, keyOf } from '../../../shared/domain/ids.ts';
import { userOf } from '../../../shared/journal/envelope.ts';
import { canonicalJson } from '../../../shared/lib/canonical.ts';
import type { WritableDb } from '../store/database.ts';
import type { Appliers, Projection } from './projection.ts';

/**
 * Facts that somebody says were recorded wrongly, and what became of each. The rows that they speak
 * of stand as they were recorded, often in an earlier segment: whoever reads those reads these too.
 */
const ddl = `
CREATE TABLE fact_correction (
  key INTEGER PRIMARY KEY,
  correction TEXT NOT NULL,
  crossing TEXT NOT NULL,
  person TEXT,
  fact TEXT NOT NULL,
  -- Canonical JSON of a word or of ms.
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  state TEXT NOT NULL,
  asked_ms INTEGER NOT NULL,
  asked_by TEXT,
  asked_reason TEXT NOT NULL,
  settled_key INTEGER,
  settled_ms INTEGER,
  settled_by TEXT,
  settled_reason TEXT,
  -- The entry of the ledger that put the person where they are by it.
  set_key INTEGER,
  -- Under which moment the crossing's passage is counted from then on.
  counted_ms INTEGER,
  -- The correction of the ledger that a wrong decision wrote: evidence passes it by.
  voids TEXT
) STRICT;
CREATE INDEX fact_correction_state ON fact_correction (state, key);
CREATE INDEX fact_correction_person ON fact_correction (person, key) WHERE person IS NOT NULL;
CREATE INDEX fact_correction_crossing ON fact_correction (crossing, key);
`;

/** A row as SQLite gives it. */
export interface FactCorrectionColumns {
  readonly key: number;
  readonly correction: string;
  readonly crossing: string;
  readonly person: string | null;
  readonly fact: string;
  readonly before: string;
  readonly after: string;
  readonly state: string;
  readonly asked_ms: number;
  readonly asked_by: string | null;
  readonly asked_reason: string;
  readonly settled_key: number | null;
  readonly settled_ms: number | null;
  readonly settled_by: string | null;
  readonly settled_reason: string | null;
  readonly set_key: number | null;
  readonly counted_ms: number | null;
  readonly voids: string | null;
}

function appliers(db: WritableDb): Appliers {
  const ask = db.write<
    [
      ...[number, string, string, string | null, string, string, string],
      ...[number, string | null, string],
    ]
  >(
    `INSERT INTO fact_correction (key, correction, crossing, person, fact, before, after, state,
       asked_ms, asked_by, asked_reason) VALUES (?, ?, ?, ?, ?, ?, ?, 'asked', ?, ?, ?)`,
  );
  const settle = db.write<
    [
      ...[string, number, number, string | null, string],
      ...[number | null, number | null, string | null, number],
    ]
  >(
    `UPDATE fact_correction SET state = ?, settled_key = ?, settled_ms = ?, settled_by = ?,
       settled_reason = ?, set_key = ?, counted_ms = ?, voids = ? WHERE key = ?`,
  );
  return {
    'correction.asked': ({ actor, at, data: d }) => {
      const { correction, crossing, fact, person, reason } = d;
      const values = [canonicalJson(d.before), canonicalJson(d.after)] as const;
      const who = [at, userOf(actor), reason] as const;
      ask.run(keyOf(correction), correction, crossing, person, fact, ...values, ...who);
    },
    'correction.confirmed': ({ actor, at, data, epoch, seq }) => {
      const { correction, place, reason, recount, voids } = data;
      const set = place === null ? null : eventKey(epoch, seq + 1);
      const when = ['confirmed', eventKey(epoch, seq), at, userOf(actor), reason] as const;
      settle.run(...when, set, recount?.toMs ?? null, voids, keyOf(correction));
    },
    'correction.declined': ({ actor, at, data: { correction, reason }, epoch, seq }) => {
      const when = ['declined', eventKey(epoch, seq), at, userOf(actor), reason] as const;
      settle.run(...when, null, null, null, keyOf(correction));
    },
  };
}

export const factCorrection: Projection = {
  name: 'fact-correction',
  tables: { fact_correction: { where: "state = 'asked'" } },
  ddl,
  appliers,
};
