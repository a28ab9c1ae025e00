import type { Authority } from '../domain/authority.ts';
import type { ItemId } from '../domain/ids.ts';
import type { RegimeSettings } from './regime-shape.ts';
import type { ObligationName } from './requirement.ts';

/** One inspection, one release: the same crossing is exit for one authority, entry for another. */
export interface JointRecord {
  readonly is: 'joint-record';
  readonly exitFor: Authority | null;
  readonly entryFor: Authority | null;
}
/** Out again by then, ms since 1970. */
export interface DueBack {
  readonly is: 'due-back';
  readonly byMs: number | null;
}
/** The passage makes its day one of presence, counted by this rule. */
export interface PresenceDay {
  readonly is: 'presence-day';
  readonly partDayRule: RegimeSettings['partDayRule'] | null;
}
/** To be told to an authority. */
export interface FileWith {
  readonly is: 'file-with';
  readonly authority: Authority;
}
/** Released first; whether it is audited afterwards is drawn at this rate: see `audit-draw.ts`. */
export interface PostReleaseAudit {
  readonly is: 'post-release-audit';
  readonly percent: number;
}
/** Taxes paid at home that count as refundable; null where none are declared. */
export interface ExportRefund {
  readonly is: 'export-refund';
  readonly vatCents: number | null;
  readonly consumptionTaxCents: number | null;
}
/** Sell first, pay later: opened at the line, closed by the sale, or overdue from then on. */
export interface VatDeferral {
  readonly is: 'vat-deferral';
  readonly valueCents: number | null;
  readonly vatPercent: number | null;
  readonly vatCents: number | null;
  readonly overdueFromMs: number | null;
}
/** Duty, VAT and consumption tax together at one rate, paid at the line. */
export interface ImportTax {
  readonly is: 'import-tax-rate';
  readonly valueCents: number | null;
  readonly percent: number | null;
  readonly taxCents: number | null;
}
/** What must come out again, be used or be destroyed from now on; and what has come out again. */
export interface Custody {
  readonly is: 'custody';
  readonly opens: readonly ItemId[];
  readonly closes: readonly ItemId[];
}
/** Not inspected, on the word of this certificate. */
export interface InspectionExempt {
  readonly is: 'inspection-exempt';
  readonly certificate: string;
  readonly laboratory: string;
}

/**
 * What an admitted crossing starts, with all it needs. A null is what cannot be told: no value is
 * declared, or (in a regime that was never checked) its setting is missing.
 */
export type Obligation =
  | JointRecord
  | DueBack
  | PresenceDay
  | FileWith
  | PostReleaseAudit
  | ExportRefund
  | VatDeferral
  | ImportTax
  | Custody
  | InspectionExempt;

/** The obligation of a name, where a verdict has it. */
export function obligationOf<N extends ObligationName>(
  obligations: readonly Obligation[],
  name: N,
): Extract<Obligation, { readonly is: N }> | null {
  for (const one of obligations) {
    if (one.is === name) return one as Extract<Obligation, { readonly is: N }>;
  }
  return null;
}
