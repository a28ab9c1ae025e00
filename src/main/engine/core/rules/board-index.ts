import type { BoardId } from '../../../../shared/domain/ids.ts';
import type { EventList } from '../event-list.ts';
import type { IndexFacts } from '../facts.ts';

/** True for an event that stands in the journal already: told twice, or pushed and read again. */
export function isRepeat(index: number, facts: IndexFacts): boolean {
  return index <= facts.last && !facts.missing;
}

/** An index beyond the next one leaves a gap that no driver has told of yet: list it. */
export function listGap(list: EventList, board: BoardId, index: number, facts: IndexFacts): void {
  if (facts.missing || index <= facts.last + 1) return;
  list.add('board.gap', { board, from: facts.last + 1, to: index - 1 });
}
