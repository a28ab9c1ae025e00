import type { SubjectKind } from '../../domain/line.ts';
import type { CrossingFacts } from '../facts.ts';
import { obligeName, type WrittenRule } from '../regime-shape.ts';
import type { ObligationName } from '../requirement.ts';
import { allowance } from './allowance.ts';
import { custody } from './custody.ts';
import { dueBack } from './due-back.ts';
import { exportRefund } from './export-refund.ts';
import { fileWith } from './file-with.ts';
import { importTaxRate } from './import-tax-rate.ts';
import { inspectionExempt } from './inspection-exempt.ts';
import { jointRecord } from './joint-record.ts';
import type { AnyMaker, RegimeTerms } from './obligation-maker.ts';
import { postReleaseAudit } from './post-release-audit.ts';
import { presenceDay } from './presence-day.ts';
import { vatDeferral } from './vat-deferral.ts';

/** The whole closed list. */
export const OBLIGATIONS = {
  'joint-record': jointRecord,
  'due-back': dueBack,
  'presence-day': presenceDay,
  'file-with': fileWith,
  'post-release-audit': postReleaseAudit,
  'export-refund': exportRefund,
  'vat-deferral': vatDeferral,
  'import-tax-rate': importTaxRate,
  custody,
  'inspection-exempt': inspectionExempt,
  allowance,
} as const satisfies Record<ObligationName, AnyMaker>;

/**
 * What admitting starts, with all that it needs. A null in it is what cannot be told: no value is
 * declared, or (in a regime that was never checked) its setting is missing.
 */
export type Obligation = NonNullable<ReturnType<(typeof OBLIGATIONS)[ObligationName]['make']>>;

/** Which obligations can follow the crossing of a kind, in the list's order. */
export function obligationsOfKind(kind: SubjectKind): ObligationName[] {
  const all: readonly AnyMaker[] = Object.values(OBLIGATIONS);
  return all.filter(({ kinds }) => kinds.includes(kind)).map(({ is }) => is);
}

/** The obligation as the facts make it; null where it cannot follow their kind, or is none. */
export function makeObligation(
  written: WrittenRule['oblige'][number],
  regime: RegimeTerms,
  facts: CrossingFacts,
): Obligation | null {
  const maker: AnyMaker = OBLIGATIONS[obligeName(written)];
  if (!maker.kinds.includes(facts.kind)) return null;
  return maker.make(facts as never, regime, written) as Obligation | null;
}
