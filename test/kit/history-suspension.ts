import type { Teller } from './history-teller.ts';
import { PERSON } from './history-teller.ts';

/** A person or an enterprise is suspended here, or is so no more. */
export function suspendSomebody(teller: Teller): void {
  const { rng } = teller;
  const what = rng.chance(0.8) ? 'suspension.begun' : 'suspension.ended';
  const who = rng.chance(0.5)
    ? ({ kind: 'person', id: `P-${rng.below(6)}` } as const)
    : ({ kind: 'enterprise', id: `E-${rng.below(3)}` } as const);
  teller.emit({ kind: what, data: { ...who, reason: teller.typed() } }, PERSON);
}
