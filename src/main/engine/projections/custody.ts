import { type CustodyStep, LAST_STEPS } from '../../../shared/domain/goods-steps.ts';
import type { WritableDb } from '../store/database.ts';
import type { Carried } from './projection.ts';

/** Things that are followed: where each is now, and which were open at any moment before. */
export const custodyDdl = `
CREATE TABLE custody (
  consignment TEXT NOT NULL,
  item TEXT NOT NULL,
  enterprise TEXT,
  step TEXT NOT NULL,
  since_ms INTEGER NOT NULL,
  step_ms INTEGER NOT NULL,
  ended_ms INTEGER,
  PRIMARY KEY (consignment, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX custody_open ON custody (since_ms) WHERE ended_ms IS NULL;
CREATE INDEX custody_standing ON custody (enterprise) WHERE ended_ms IS NULL;
-- A step that did not end its custody, from and until when the ledger had it written so.
CREATE TABLE custody_step (
  consignment TEXT NOT NULL,
  item TEXT NOT NULL,
  from_ms INTEGER NOT NULL,
  until_ms INTEGER,
  enterprise TEXT,
  step TEXT NOT NULL,
  since_ms INTEGER NOT NULL,
  PRIMARY KEY (consignment, item, from_ms)
) STRICT, WITHOUT ROWID;
`;

export const custodyTables: Readonly<Record<string, Carried>> = {
  // What was used up must be known to be so for good.
  custody: 'all',
  custody_step: { where: 'until_ms IS NULL' },
};

export interface CustodyStepped {
  readonly consignment: string;
  readonly item: string;
  readonly enterprise: string | null;
  readonly step: CustodyStep;
  /** When it happened, and when it was written. */
  readonly happenedMs: number;
  readonly writtenMs: number;
}

/** Takes down what becomes of things that are followed. */
export function custodyLedger(db: WritableDb) {
  const now = db.query<[string, string], { ended_ms: number | null }>(
    'SELECT ended_ms FROM custody WHERE consignment = ? AND item = ?',
  );
  const put = db.write<[string, string, string | null, string, number, number, number | null]>(
    `INSERT INTO custody (consignment, item, enterprise, step, since_ms, step_ms, ended_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET step = excluded.step, step_ms = excluded.step_ms,
       ended_ms = excluded.ended_ms,
       since_ms = iif(custody.ended_ms IS NULL, since_ms, excluded.since_ms)`,
  );
  const close = db.write<[number, string, string]>(
    `UPDATE custody_step SET until_ms = ?
     WHERE consignment = ? AND item = ? AND until_ms IS NULL`,
  );
  const open = db.write<[number, string, string]>(
    `INSERT OR REPLACE INTO custody_step
       (consignment, item, from_ms, until_ms, enterprise, step, since_ms)
     SELECT consignment, item, ?, NULL, enterprise, step, since_ms FROM custody
     WHERE consignment = ? AND item = ? AND ended_ms IS NULL`,
  );
  return {
    isOpen: (consignment: string, item: string) => now.get(consignment, item)?.ended_ms === null,
    follow({ consignment, item, enterprise, step, happenedMs, writtenMs }: CustodyStepped): void {
      const ended = LAST_STEPS.has(step) ? happenedMs : null;
      put.run(consignment, item, enterprise, step, happenedMs, happenedMs, ended);
      close.run(writtenMs, consignment, item);
      open.run(writtenMs, consignment, item);
    },
  };
}
