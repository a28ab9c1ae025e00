import {
  type EventFields,
  FIRST_EVENT,
  OVERWRITTEN,
} from '../../../../shared/wire/uhppote/messages.ts';

/** Answers that may differ before the board is taken not to be sure of its own. */
const TRIES = 4;

/**
 * The board's oldest event; null where it is not sure. A reply to this question repeats nothing of
 * it, so that the second copy of another event's reply could be taken for it, and everything below
 * be given up as lost. Only what is answered twice in a row counts, unless nothing lies below it.
 */
export async function readFirst(
  read: (index: number) => Promise<EventFields | null>,
): Promise<EventFields | null> {
  let before: number | null = null;
  for (let i = 0; i < TRIES; i += 1) {
    const first = await read(FIRST_EVENT);
    if (first === null || first.index <= 1 || first.index === before) return first;
    before = first.index;
  }
  return null;
}

/** True where the board answered with the very event that it was asked for. */
export function isHeld(event: EventFields, index: number): boolean {
  return event.index === index && event.type !== OVERWRITTEN;
}
