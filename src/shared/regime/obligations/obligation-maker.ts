import type { SubjectKind } from '../../domain/line.ts';
import { isAmount } from '../../lib/money.ts';
import type { FactsOf } from '../facts.ts';
import type { RegimeFile, WrittenRule } from '../regime-shape.ts';
import type { ObligationName } from '../requirement.ts';

type Oblige = WrittenRule['oblige'][number];
/** What of a regime obligations are made by. */
export type RegimeTerms = Pick<RegimeFile, 'settings' | 'authorities'>;

/**
 * One obligation: its name, of which kinds of crossings it can follow, and how it is made of a
 * crossing's facts (pure); null where it finds nothing to hold on to. What cannot be told is null
 * in what is made, never a guess. `written`: as it stands in the rule.
 */
export interface ObligationMaker<O, K extends SubjectKind = SubjectKind> {
  readonly is: ObligationName;
  readonly kinds: readonly K[];
  make(facts: FactsOf<K>, regime: RegimeTerms, written: Oblige): O | null;
}

/** Any of them, where its kinds are only known by looking: to be made after `kinds` says so. */
export interface AnyMaker {
  readonly is: ObligationName;
  readonly kinds: readonly SubjectKind[];
  make(facts: never, regime: RegimeTerms, written: Oblige): { readonly is: ObligationName } | null;
}

/** An amount that can be reckoned with, or null. */
export function amount(cents: number | null | undefined): number | null {
  return cents != null && isAmount(cents) ? cents : null;
}
