import type { UserId } from '../../src/shared/domain/ids.ts';
import type { NewEvent } from '../../src/shared/journal/events.ts';
import { PERSON, type Teller } from './history-teller.ts';

const OFFICER = { ...PERSON, user: 'U-3' as UserId };
/** Crossings that a side gives a result of: the last ones only. */
const LAST = 60;

/** One side says for itself what it has of somebody whom both inspect. */
export function giveJointResult(
  teller: Teller,
  events: readonly { readonly event: NewEvent }[],
): void {
  const { rng } = teller;
  const known = events.slice(-LAST).flatMap(({ event }) => {
    const isOne = event.kind === 'crossing.admitted' || event.kind === 'crossing.referred';
    return isOne ? [event.data.crossing] : [];
  });
  if (known.length === 0) return;
  const crossing = rng.pick(known);
  const side = rng.chance(0.5) ? 'mainland' : 'hong-kong';
  const result = rng.chance(0.3) ? 'held' : 'released';
  const data = { crossing, side, result, reason: teller.typed() } as const;
  teller.emit({ kind: 'joint.given', data }, OFFICER);
}
