import { eventKey, keyOf, saleOfKey } from '../../../shared/domain/ids.ts';
import { userOf } from '../../../shared/journal/envelope.ts';
import type { WritableDb } from '../store/database.ts';
import type { Appliers, Projection } from './projection.ts';

/** Every reported sale under its reference, so that the same one is never counted twice. */
const ddl = `
CREATE TABLE sale (
  reference TEXT PRIMARY KEY,
  consignment TEXT NOT NULL,
  crossing TEXT NOT NULL,
  sold_ms INTEGER NOT NULL,
  sold_cents INTEGER NOT NULL,
  vat_cents INTEGER NOT NULL,
  currency TEXT NOT NULL,
  reported_ms INTEGER NOT NULL,
  reported_by TEXT
) STRICT, WITHOUT ROWID;
`;

type Row = [string, string, string, number, number, number, string, number, string | null];

function appliers(db: WritableDb): Appliers {
  const currency = db.query<[number, string], { currency: string }>(
    'SELECT currency FROM deferral WHERE key = ? AND consignment = ?',
  );
  const report = db.write<Row>(
    `INSERT OR IGNORE INTO sale (reference, consignment, crossing, sold_ms, sold_cents, vat_cents,
       currency, reported_ms, reported_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return {
    'sale.reported': ({ actor, at, data, epoch, seq }) => {
      const { consignment, crossing, soldCents, vatCents } = data;
      // One that a person told by hand is called by its event.
      const reference = data.reference ?? saleOfKey(eventKey(epoch, seq));
      const of = currency.get(keyOf(crossing), consignment)?.currency ?? '';
      const by = userOf(actor);
      const sold = [data.soldMs ?? at, soldCents, vatCents] as const;
      report.run(reference, consignment, crossing, ...sold, data.currency ?? of, at, by);
    },
  };
}

/** Applied after `cargo`, whose deferrals it looks at. */
export const sale: Projection = { name: 'sale', tables: { sale: 'all' }, ddl, appliers };
