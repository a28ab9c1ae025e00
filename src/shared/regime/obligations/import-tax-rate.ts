import { taxOf } from '../../lib/money.ts';
import { amount, type ObligationMaker } from './obligation-maker.ts';

/** Duty, VAT and consumption tax together at one rate, paid at the line. */
export interface ImportTax {
  readonly is: 'import-tax-rate';
  readonly valueCents: number | null;
  readonly percent: number | null;
  readonly taxCents: number | null;
}

export const importTaxRate: ObligationMaker<ImportTax, 'consignment'> = {
  is: 'import-tax-rate',
  kinds: ['consignment'],
  make(facts, { settings }) {
    const valueCents = amount(facts.valueCents);
    const percent = settings.importTaxPercent ?? null;
    const taxCents = valueCents === null || percent === null ? null : taxOf(valueCents, percent);
    return { is: 'import-tax-rate', valueCents, percent, taxCents };
  },
};
