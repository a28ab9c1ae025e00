import type { CrossingFacts } from './facts.ts';
import { makeObligation, type Obligation } from './obligations/registry.ts';
import type { Regime } from './regime-file.ts';
import { obligeName, type WrittenRule } from './regime-shape.ts';
import type { ObligationName } from './requirement.ts';

/**
 * What admitting starts, as data: each obligation of the rule with all it needs, in the rule's
 * order. One that finds nothing to hold on to (no item to follow, no recognised certificate) is
 * left out. Where a rule names both ways to settle import tax, the importer's choice is the one;
 * who has not chosen defers (project's choice).
 */
export function obligationsOf(
  regime: Regime,
  { oblige }: Pick<WrittenRule, 'oblige'>,
  facts: CrossingFacts,
): Obligation[] {
  const names = new Set(oblige.map(obligeName));
  const other = otherTaxWay(facts);
  const isChosen = names.has('vat-deferral') && names.has('import-tax-rate');
  return oblige.flatMap((one): Obligation[] => {
    if (isChosen && obligeName(one) === other) return [];
    const made = makeObligation(one, regime, facts);
    return made === null ? [] : [made];
  });
}

/** The way that the importer did not choose. */
function otherTaxWay(facts: CrossingFacts): ObligationName {
  const isCombined = facts.kind === 'consignment' && facts.importTax === 'combined-rate';
  return isCombined ? 'vat-deferral' : 'import-tax-rate';
}
