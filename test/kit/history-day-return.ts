import type { EventData, NewEvent } from '../../src/shared/journal/events.ts';
import { PERSON, type Teller } from './history-teller.ts';

/** Those who came last of whom any might be late. */
const LAST = 60;

/** Somebody who had to be back is late, is expected soon, or is decided on. */
export function tellOfDayReturn(
  teller: Teller,
  events: readonly { readonly event: NewEvent }[],
): void {
  const { rng } = teller;
  const admitted = events.slice(-LAST).flatMap(({ event }) => {
    return event.kind === 'crossing.admitted' && event.data.dueBackMs !== null ? [event.data] : [];
  });
  const one = admitted.length === 0 ? null : rng.pick(admitted);
  if (one?.person == null || one.dueBackMs === null) return;
  const { crossing, dueBackMs: dueMs, person } = one;
  const roll = rng.next();
  if (roll < 0.2) teller.emit({ kind: 'day-return.soon', data: { dueMs, persons: 3 } });
  else if (roll < 0.6) {
    teller.emit({ kind: 'day-return.overdue', data: { crossing, person, dueMs } });
  } else {
    const outcome: EventData<'day-return.decided'>['outcome'] = roll < 0.8 ? 'left' : 'stayed';
    const data = { crossing, person, outcome, reason: teller.typed() };
    teller.emit({ kind: 'day-return.decided', data }, PERSON);
  }
}
