import type { ConsignmentId } from '../../../shared/domain/ids.ts';
import type { DeferralNow, PlacedSale, SaleReference } from '../../../shared/domain/sale.ts';
import type { ReadableDb } from '../store/database.ts';

const SALE = `SELECT reference, consignment, crossing, sold_ms AS soldMs, sold_cents AS soldCents,
  currency FROM sale`;

/** What the ledger knows of sales and of the deferrals that they close. */
export function saleReads(db: ReadableDb) {
  const known = db.query<[string], PlacedSale>(`${SALE} WHERE reference = ?`);
  const page = db.query<[string, number], PlacedSale>(
    `${SALE} WHERE reference > ? ORDER BY reference LIMIT ?`,
  );
  const deferrals = db.query<[string], DeferralNow>(
    `SELECT crossing, currency, value_cents AS valueCents, vat_cents AS vatCents,
       sold_cents AS soldCents, closed_cents AS closedCents
     FROM deferral INDEXED BY deferral_consignment WHERE consignment = ? ORDER BY key`,
  );
  return {
    known: (reference: SaleReference) => known.get(reference) ?? null,
    deferrals: (consignment: ConsignmentId) => deferrals.all(consignment),
    /** Sales in the order of their references, after one of them. */
    after: (reference: string, limit: number) => page.all(reference, limit),
  };
}
