import type { JournalEvent } from '../../src/shared/journal/events.ts';
import { happenedMs } from '../../src/shared/journal/happened.ts';

type Unnamed = Extract<JournalEvent, { kind: 'passage.unnamed' }>;

/**
 * Of each area, how many an open gate or a head count moved whom no name stands for yet. A
 * correction that moves somebody the same way names one of them: the count had moved already.
 */
export class Unexplained {
  readonly #open = new Map<string, number>();
  readonly #countedMs = new Map<string, number>();

  /**
   * Somebody went through an open gate. Gives the changes of counts that this is: an area whose
   * heads were counted after a passage that is told of late has it in its count.
   */
  moved(event: Unnamed): readonly (readonly [place: string, by: 1 | -1])[] {
    const { from, timing, to } = event.data;
    const moves = [[from, -1] as const, [to, 1] as const].filter(([place]) => {
      const countedMs = this.#countedMs.get(place) ?? Number.NEGATIVE_INFINITY;
      return timing !== 'late' || happenedMs(event) > countedMs;
    });
    for (const [place, by] of moves) this.#add(place, by);
    return moves;
  }

  counted(area: string, counted: number, named: number, atMs: number): void {
    this.#open.set(area, counted - named);
    this.#countedMs.set(area, atMs);
  }

  /** True where a correction by one at this place names somebody who is counted already. */
  explains(place: string, by: 1 | -1): boolean {
    const open = this.#open.get(place) ?? 0;
    if (by * open <= 0) return false;
    this.#add(place, by === 1 ? -1 : 1);
    return true;
  }

  #add(place: string, by: 1 | -1): void {
    if (!place.startsWith('beyond-')) this.#open.set(place, (this.#open.get(place) ?? 0) + by);
  }
}
