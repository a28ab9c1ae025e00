import { keyOf, type PersonId } from '../../../shared/domain/ids.ts';
import type { ErasureScope, RetentionClass } from '../../../shared/domain/retention.ts';
import { userOf } from '../../../shared/journal/envelope.ts';
import type { WritableDb } from '../store/database.ts';
import type { Appliers, Projection } from './projection.ts';

/** What was erased or is to be: one row an erasure, without an end until it is carried out. */
const ddl = `
CREATE TABLE erasure (
  key INTEGER PRIMARY KEY,
  erasure TEXT NOT NULL UNIQUE,
  person TEXT,
  class TEXT,
  before_ms INTEGER,
  basis TEXT,
  ordered_ms INTEGER NOT NULL,
  ordered_by TEXT,
  done_ms INTEGER,
  texts INTEGER,
  rows INTEGER
) STRICT;
CREATE INDEX erasure_pending ON erasure (key) WHERE done_ms IS NULL;
`;

/** An erasure's row. */
export interface ErasureColumns {
  key: number;
  erasure: string;
  person: string | null;
  class: string | null;
  before_ms: number | null;
  basis: string | null;
  ordered_ms: number;
  ordered_by: string | null;
  done_ms: number | null;
  texts: number | null;
  rows: number | null;
}

/** What an erasure's row takes away. */
export function scopeOf({ before_ms, class: kept, person }: ErasureColumns): ErasureScope {
  if (person !== null) return { person: person as PersonId };
  return { class: kept as RetentionClass, beforeMs: before_ms ?? 0 };
}

function appliers(db: WritableDb): Appliers {
  type Ordered = [number, string, string | null, string | null, number | null, string | null];
  const order = db.write<[...Ordered, number, string | null]>(
    `INSERT INTO erasure (key, erasure, person, class, before_ms, basis, ordered_ms, ordered_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const done = db.write<[number, number, number, string]>(
    'UPDATE erasure SET done_ms = ?, texts = ?, rows = ? WHERE erasure = ?',
  );
  return {
    'erasure.ordered': ({ actor, at, data }) => {
      const { erasure, scope, basis } = data;
      const person = 'person' in scope ? scope.person : null;
      const [kept, beforeMs] = 'class' in scope ? [scope.class, scope.beforeMs] : [null, null];
      const by = userOf(actor);
      order.run(keyOf(erasure), erasure, person, kept, beforeMs, basis, at, by);
    },
    'erasure.done': ({ at, data }) => {
      const rows = Object.values(data.rows).reduce((sum, n) => sum + n, 0);
      done.run(at, data.texts, rows, data.erasure);
    },
  };
}

export const erasure: Projection = {
  name: 'erasure',
  tables: { erasure: 'all' },
  ddl,
  appliers,
};
