import { DAY_MS, hkMidnight } from '../lib/hk-time.ts';
import { isAmount, taxOf } from '../lib/money.ts';
import type { ConsignmentFacts } from './consignment-facts.ts';
import type {
  Custody,
  ExportRefund,
  ImportTax,
  InspectionExempt,
  VatDeferral,
} from './obligation.ts';
import type { RegimeSettings } from './regime-shape.ts';
import { certificateRecognised } from './requirements/certificate-recognised.ts';

/** An amount that can be reckoned with, or null. */
function amount(cents: number | null | undefined): number | null {
  return cents != null && isAmount(cents) ? cents : null;
}

export function exportRefund({ taxPaid }: ConsignmentFacts): ExportRefund {
  return {
    is: 'export-refund',
    vatCents: amount(taxPaid?.vatCents),
    consumptionTaxCents: amount(taxPaid?.consumptionTaxCents),
  };
}

/** Overdue from a Hong Kong midnight on: so many whole days after the day of the crossing. */
export function vatDeferral(facts: ConsignmentFacts, settings: RegimeSettings): VatDeferral {
  const valueCents = amount(facts.valueCents);
  const { vatPercent = null, overdueAfterDays = null } = settings.vatDeferral ?? {};
  const vatCents =
    valueCents === null || vatPercent === null ? null : taxOf(valueCents, vatPercent);
  const overdueFromMs =
    overdueAfterDays === null ? null : hkMidnight(facts.atMs) + (overdueAfterDays + 1) * DAY_MS;
  return { is: 'vat-deferral', valueCents, vatPercent, vatCents, overdueFromMs };
}

export function importTax(facts: ConsignmentFacts, settings: RegimeSettings): ImportTax {
  const valueCents = amount(facts.valueCents);
  const percent = settings.importTaxPercent ?? null;
  const taxCents = valueCents === null || percent === null ? null : taxOf(valueCents, percent);
  return { is: 'import-tax-rate', valueCents, percent, taxCents };
}

/** Null where nothing in the consignment must be followed. */
export function custody({ items }: ConsignmentFacts): Custody | null {
  const opens = items.filter((one) => one.mustNotStay && !one.isInCustody).map((one) => one.item);
  const closes = items.filter((one) => one.isInCustody).map((one) => one.item);
  return opens.length + closes.length === 0 ? null : { is: 'custody', opens, closes };
}

/** Null where no certificate that both sides recognise goes with the goods. */
export function inspectionExempt(
  facts: ConsignmentFacts,
  settings: RegimeSettings,
): InspectionExempt | null {
  const { certificate } = facts;
  if (certificate === null) return null;
  if (certificateRecognised.check(facts, settings).outcome === 'failed') return null;
  const { certificate: id, laboratory } = certificate;
  return { is: 'inspection-exempt', certificate: id, laboratory };
}
