import { amount, type ObligationMaker } from './obligation-maker.ts';

/** Taxes paid at home that count as refundable; null where none are declared. */
export interface ExportRefund {
  readonly is: 'export-refund';
  readonly vatCents: number | null;
  readonly consumptionTaxCents: number | null;
}

export const exportRefund: ObligationMaker<ExportRefund, 'consignment'> = {
  is: 'export-refund',
  kinds: ['consignment'],
  make({ taxPaid }) {
    return {
      is: 'export-refund',
      vatCents: amount(taxPaid?.vatCents),
      consumptionTaxCents: amount(taxPaid?.consumptionTaxCents),
    };
  },
};
