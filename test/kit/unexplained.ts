import type { JournalEvent } from '../../src/shared/journal/events.ts';
import { happenedMs } from '../../src/shared/journal/happened.ts';

type Unnamed = Extract<JournalEvent, { kind: 'passage.unnamed' }>;
type Answered = Extract<JournalEvent, { kind: 'passage.answered' }>;
type Recorded = Extract<JournalEvent, { kind: 'crossing.recorded' }>;

/** A form that was keyed in, and the places whose counts it changed. */
interface Form {
  readonly atMs: number;
  readonly moved: readonly string[];
}

/** How a count changes, and whether by somebody who crossed; else it is put right. */
type Moved = readonly [place: string, by: 1 | -1, crossed: boolean];

/**
 * Of each area, how many an open gate or a head count moved whom no name stands for yet. A
 * correction that moves somebody the same way names one of them: the count had moved already.
 */
export class Unexplained {
  readonly #open = new Map<string, number>();
  readonly #countedMs = new Map<string, number>();
  readonly #forms = new Map<string, Form>();

  /**
   * Somebody went through an open gate. Gives the changes of counts that this is: an area whose
   * heads were counted after a passage that is told of late has it in its count, and what a form
   * moved for it is not moved again; taken back, where the heads were counted before the form.
   */
  moved(event: Unnamed): readonly Moved[] {
    const { from, namedBy, timing, to } = event.data;
    const form = namedBy === undefined ? undefined : this.#forms.get(namedBy);
    const moves = ([[from, -1] as const, [to, 1] as const] as const).flatMap<Moved>(
      ([place, by]) => {
        const countedMs = this.#countedMs.get(place) ?? Number.NEGATIVE_INFINITY;
        const isIn = timing === 'late' && happenedMs(event) <= countedMs;
        const isMoved = form !== undefined && form.atMs > countedMs && form.moved.includes(place);
        if (isIn === isMoved)
          return isIn ? [[place, by === 1 ? -1 : 1, false]] : [[place, by, true]];
        return [];
      },
    );
    for (const [place, by] of moves) this.#add(place, by);
    return moves;
  }

  /** The end of a stranger's passage is told: heads that were counted since have them in. */
  answered({ data }: Answered): readonly Moved[] {
    const { askedMs, from, passage, person, to } = data;
    if (person !== null || passage !== 'passed') return [];
    const moves = [[from, -1, false] as const, [to, 1, false] as const];
    return moves.filter(([place]) => askedMs > (this.#countedMs.get(place) ?? -1));
  }

  /** A form is keyed in by which a person moves from one place to another, as the ledger has it. */
  form({ at, data }: Recorded, before: string | undefined): void {
    const { crossing, from, movesPresence, person, to } = data;
    const isMove = person !== null && movesPresence && before !== to;
    const moved = isMove ? [to, ...(before === from ? [from] : [])] : [];
    this.#forms.set(crossing, { atMs: at, moved });
  }

  /** True at an end of a form's lane where the count has moved for it already. */
  renames({ data }: Recorded, place: string | undefined, by: 1 | -1): boolean {
    if (data.paper?.takes === undefined) return false;
    if (place === undefined || (place !== data.from && place !== data.to)) return false;
    this.#add(place, by === 1 ? -1 : 1);
    return true;
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
