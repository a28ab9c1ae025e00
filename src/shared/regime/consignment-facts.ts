import type { EnterpriseTier } from '../domain/enterprise.ts';
import type { ConsignmentId, ItemId } from '../domain/ids.ts';
import type { ConsignmentClass } from '../domain/line.ts';
import type { OriginInput } from './origin.ts';
import type { EnterpriseFacts, PassageFacts } from './passage-facts.ts';

/** The declaration that covers a consignment. */
export interface DeclarationFacts {
  readonly status: 'filed' | 'cleared' | 'rejected';
  /** Until when the clearance may be used, exclusive; null = no end. */
  readonly untilMs: number | null;
}

/** A seal as declared, and as it was read at the lane. */
export interface SealFacts {
  readonly declared: string;
  /** Null where nobody has read it. */
  readonly read: string | null;
  readonly isBroken: boolean;
}

/** A laboratory's report that goes with the goods. */
export interface CertificateFacts {
  readonly certificate: string;
  readonly laboratory: string;
  /** True where the laboratory is on the list that both sides have agreed on. */
  readonly isDesignated: boolean;
  readonly fromMs: number;
  readonly toMs: number;
  /** True where the report says that the goods were made in the zone. */
  readonly isMadeInZone: boolean;
}

/** One thing that must be followed: it may not stay where it goes, or is on its way back. */
export interface ItemFacts {
  readonly item: ItemId;
  readonly sort: 'material' | 'sample' | 'half-finished' | 'machine' | 'instrument' | 'data-medium';
  /** True where it must come out again, be used or be destroyed. */
  readonly mustNotStay: boolean;
  /** True where the ledger of custody has it already. */
  readonly isInCustody: boolean;
}

/** How the importer settles the tax of zone goods: later, or now at the combined rate. */
export type ImportTaxWay = 'deferral' | 'combined-rate';

/** Everything that a rule may look at of a consignment. Money in whole cents. */
export interface ConsignmentFacts extends PassageFacts {
  readonly kind: 'consignment';
  readonly class: ConsignmentClass;
  /** Null where nothing says what this is. */
  readonly consignment: ConsignmentId | null;
  readonly enterprise: (EnterpriseFacts & { readonly tier: EnterpriseTier | null }) | null;
  readonly declaration: DeclarationFacts | null;
  readonly seal: SealFacts | null;
  readonly certificate: CertificateFacts | null;
  readonly origin: OriginInput | null;
  readonly suspended: { readonly consignment: boolean; readonly enterprise: boolean };
  readonly watchlisted: boolean;
  readonly items: readonly ItemFacts[];
  /** Customs value; null where none is declared. */
  readonly valueCents: number | null;
  readonly currency?: string | null | undefined;
  /** Taxes paid at home that leaving may refund; null where none are declared. */
  readonly taxPaid: { readonly vatCents: number; readonly consumptionTaxCents: number } | null;
  /** What the importer chose; null = has not said, which counts as deferral. */
  readonly importTax: ImportTaxWay | null;
}
