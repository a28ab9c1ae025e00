import { assertNever } from '../lib/assert.ts';
import { dueBackMs } from './due-back.ts';
import type { CrossingFacts } from './facts.ts';
import {
  custody,
  exportRefund,
  importTax,
  inspectionExempt,
  vatDeferral,
} from './goods-obligations.ts';
import type { JointRecord, Obligation } from './obligation.ts';
import type { Regime } from './regime-file.ts';
import { obligeName, type WrittenRule } from './regime-shape.ts';
import type { ObligationName } from './requirement.ts';

type Oblige = WrittenRule['oblige'][number];

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
    const made = obligation(one, regime, facts);
    return made === null ? [] : [made];
  });
}

/** The way that the importer did not choose. */
function otherTaxWay(facts: CrossingFacts): ObligationName {
  const isCombined = facts.kind === 'consignment' && facts.importTax === 'combined-rate';
  return isCombined ? 'vat-deferral' : 'import-tax-rate';
}

function obligation(oblige: Oblige, regime: Regime, facts: CrossingFacts): Obligation | null {
  if (typeof oblige !== 'string') return { is: oblige.is, authority: oblige.authority };
  const { settings } = regime;
  switch (oblige) {
    case 'joint-record':
      return { is: oblige, ...sidesOf(regime, facts.direction) };
    case 'due-back':
      return { is: oblige, byMs: dueBackMs(settings, facts.atMs) };
    case 'presence-day':
      return { is: oblige, partDayRule: settings.partDayRule ?? null };
    case 'post-release-audit':
      // A regime that was never checked may lack the rate: then everything is audited.
      return { is: oblige, percent: settings.postReleaseAuditPercent ?? 100 };
    case 'export-refund':
      return facts.kind === 'consignment' ? exportRefund(facts) : null;
    case 'vat-deferral':
      return facts.kind === 'consignment' ? vatDeferral(facts, settings) : null;
    case 'import-tax-rate':
      return facts.kind === 'consignment' ? importTax(facts, settings) : null;
    case 'custody':
      return facts.kind === 'consignment' ? custody(facts) : null;
    case 'inspection-exempt':
      return facts.kind === 'consignment' ? inspectionExempt(facts, settings) : null;
    default:
      return assertNever(oblige, 'obligation');
  }
}

/** Into the zone is entry for home and exit for the other side; out of it the other way round. */
export function sidesOf(
  { authorities }: Regime,
  direction: CrossingFacts['direction'],
): Omit<JointRecord, 'is'> {
  const first = authorities?.first ?? null;
  const home = authorities?.home ?? null;
  return direction === 'out'
    ? { exitFor: home, entryFor: first }
    : { exitFor: first, entryFor: home };
}
