import { z } from 'zod';
import { Sale } from '../../../shared/domain/sale.ts';
import { whole } from './goods-rows.ts';
import type { RowForm } from './rows.ts';
import { orNull, type WrittenRow, when, writtenTime } from './text-forms.ts';

const text = z.string();

/** Text form of reported sales; money in whole cents, as everywhere. */
export const saleForm: RowForm<Sale> = {
  columns: ['reference', 'consignment', 'crossing', 'soldAt', 'soldCents', 'currency'],
  row: z
    .object({
      ...{ reference: text, consignment: text, crossing: orNull(text) },
      ...{ soldAt: when, soldCents: whole, currency: text },
    })
    .transform(({ soldAt, ...rest }) => ({ ...rest, soldMs: soldAt }))
    .pipe(Sale),
  key: (sale) => sale.reference,
};

/** A sale as its text form has it: what is read back as the same. */
export function writtenSale({ soldMs, soldCents, ...rest }: Sale): WrittenRow {
  return { ...rest, soldAt: writtenTime(soldMs), soldCents: String(soldCents) };
}
