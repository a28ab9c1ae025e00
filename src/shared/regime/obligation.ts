import type { Obligation } from './obligations/registry.ts';
import type { ObligationName } from './requirement.ts';

export type { Obligation } from './obligations/registry.ts';

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
