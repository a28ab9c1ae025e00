import { keyOf } from '../../../shared/domain/ids.ts';
import type { CargoGoods, GoodsObligation } from '../../../shared/journal/goods-events.ts';
import { hundredthsOf } from '../../../shared/lib/money.ts';
import type { WritableDb } from '../store/database.ts';
import type { Carried } from './projection.ts';

/**
 * What the passages of consignments started: tax deferred, to be refunded or due at the combined
 * rate, and inspections that a certificate spared. Cents of the currency beside them; null is what
 * nobody declared.
 */
export const duesDdl = `
CREATE TABLE consignment_passage (
  consignment TEXT NOT NULL,
  key INTEGER NOT NULL,
  crossing TEXT NOT NULL,
  line TEXT NOT NULL,
  direction TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (consignment, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE deferral (
  key INTEGER NOT NULL,
  crossing TEXT NOT NULL,
  consignment TEXT NOT NULL,
  enterprise TEXT,
  currency TEXT NOT NULL,
  value_cents INTEGER NOT NULL,
  vat_cents INTEGER NOT NULL,
  sold_cents INTEGER NOT NULL,
  closed_cents INTEGER NOT NULL,
  overdue_from_ms INTEGER,
  told INTEGER NOT NULL,
  closed_ms INTEGER,
  PRIMARY KEY (key, consignment)
) STRICT, WITHOUT ROWID;
CREATE INDEX deferral_consignment ON deferral (consignment);
CREATE INDEX deferral_open ON deferral (overdue_from_ms) WHERE closed_ms IS NULL AND told = 0;
CREATE INDEX deferral_standing ON deferral (enterprise, overdue_from_ms) WHERE closed_ms IS NULL;
CREATE INDEX deferral_enterprise ON deferral (enterprise, key);
CREATE TABLE export_refund (
  key INTEGER NOT NULL,
  crossing TEXT NOT NULL,
  consignment TEXT NOT NULL,
  enterprise TEXT,
  currency TEXT NOT NULL,
  vat_cents INTEGER,
  consumption_tax_cents INTEGER,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (key, consignment)
) STRICT, WITHOUT ROWID;
CREATE INDEX export_refund_enterprise ON export_refund (enterprise, key);
CREATE TABLE import_tax (
  key INTEGER NOT NULL,
  crossing TEXT NOT NULL,
  consignment TEXT NOT NULL,
  enterprise TEXT,
  currency TEXT NOT NULL,
  value_cents INTEGER,
  -- Hundredths of a percent: the regime's rate of that moment.
  rate_hundredths INTEGER,
  tax_cents INTEGER,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (key, consignment)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_tax_enterprise ON import_tax (enterprise, key);
CREATE TABLE inspection_exempt (
  key INTEGER NOT NULL,
  crossing TEXT NOT NULL,
  consignment TEXT NOT NULL,
  enterprise TEXT,
  certificate TEXT NOT NULL,
  laboratory TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (key, consignment)
) STRICT, WITHOUT ROWID;
CREATE INDEX inspection_exempt_enterprise ON inspection_exempt (enterprise, key);
`;

export const duesTables: Readonly<Record<string, Carried>> = {
  consignment_passage: 'none',
  deferral: { where: 'closed_ms IS NULL' },
  export_refund: 'none',
  import_tax: 'none',
  inspection_exempt: 'none',
};

/** A consignment's passage, as far as what it starts needs it. */
interface PassedWhere {
  readonly crossing: string;
  readonly line: string;
  readonly direction: string;
}

type Of = readonly [key: number, crossing: string, consignment: string, enterprise: string | null];

function statements(db: WritableDb) {
  type Cents = number | null;
  return {
    passage: db.write<[string, number, string, string, string, number]>(
      `INSERT OR REPLACE INTO consignment_passage
         (consignment, key, crossing, line, direction, at_ms) VALUES (?, ?, ?, ?, ?, ?)`,
    ),
    defer: db.write<[...Of, string, number, number, number | null]>(
      `INSERT OR REPLACE INTO deferral (key, crossing, consignment, enterprise, currency,
         value_cents, vat_cents, sold_cents, closed_cents, overdue_from_ms, told)
       VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, ?, 0)`,
    ),
    refund: db.write<[...Of, string, Cents, Cents, number]>(
      `INSERT OR REPLACE INTO export_refund (key, crossing, consignment, enterprise, currency,
         vat_cents, consumption_tax_cents, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    importTax: db.write<[...Of, string, Cents, number | null, Cents, number]>(
      `INSERT OR REPLACE INTO import_tax (key, crossing, consignment, enterprise, currency,
         value_cents, rate_hundredths, tax_cents, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    exempt: db.write<[...Of, string, string, number]>(
      `INSERT OR REPLACE INTO inspection_exempt (key, crossing, consignment, enterprise,
         certificate, laboratory, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
  };
}

/** Takes down a consignment's passage and what its rule said that it starts. */
export function duesLedger(db: WritableDb) {
  const sql = statements(db);
  const start = (of: Of, currency: string, one: GoodsObligation, atMs: number): void => {
    switch (one.is) {
      case 'vat-deferral':
        if (one.valueCents === null) return;
        sql.defer.run(...of, currency, one.valueCents, one.vatCents ?? 0, one.overdueFromMs);
        return;
      case 'export-refund':
        sql.refund.run(...of, currency, one.vatCents, one.consumptionTaxCents, atMs);
        return;
      case 'import-tax-rate': {
        const rate = one.percent === null ? null : hundredthsOf(one.percent);
        sql.importTax.run(...of, currency, one.valueCents, rate, one.taxCents, atMs);
        return;
      }
      case 'inspection-exempt':
        sql.exempt.run(...of, one.certificate, one.laboratory, atMs);
        return;
      default:
      // Audits are drawn by an event of their own, custody is taken down thing by thing, and what
      // counts against an allowance by its own projection.
    }
  };
  return (
    { crossing, line, direction }: PassedWhere,
    { consignment, currency, enterprise }: CargoGoods,
    obligations: readonly GoodsObligation[],
    atMs: number,
  ): void => {
    if (consignment === null) return;
    const key = keyOf(crossing);
    sql.passage.run(consignment, key, crossing, line, direction, atMs);
    const of = [key, crossing, consignment, enterprise] as const;
    for (const one of obligations) start(of, currency ?? '', one, atMs);
  };
}
