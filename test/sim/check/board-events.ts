import type { BoardEvent } from '../../../src/main/engine/devices/ports.ts';
import type { JournalEvent } from '../../../src/shared/journal/events.ts';
import { Hearings } from './heard.ts';
import type { Check, Scene } from './invariant.ts';

/** Every event that a board made: once in the journal, or listed as lost. */
export class BoardEventCheck implements Check {
  readonly #scene: Scene;
  readonly #hearings = new Hearings();
  readonly #seen = new Set<string>();
  readonly #lost = new Set<string>();

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  event(event: JournalEvent): void {
    const { report } = this.#scene;
    if (event.kind === 'board.lost') {
      const { board, from, to } = event.data;
      for (let index = from; index <= to; index += 1) this.#lost.add(this.#keyOf(board, index));
    }
    const heard = this.#hearings.of(event);
    if (heard === null) return;
    const { board, clearings, index } = heard;
    const key = this.#keyOf(board, index);
    if (this.#seen.has(key)) report('board-events', `${event.seq}: event ${key} comes twice`);
    this.#seen.add(key);
    if (this.#scene.madeMs(board, clearings, index) === undefined) {
      report('board-events', `${event.seq}: the board never made event ${key}`);
    }
  }

  #keyOf(board: string, index: number): string {
    return `${board}/${this.#hearings.clearings(board)}/${index}`;
  }

  /**
   * The driver hands it in, and calls what it gets once it was told that it is durable: now it must
   * be, whatever comes after. Which memory it stood in is what is known as it is handed in, since
   * that the board was cleared may be written in the very commit that writes this event.
   */
  handedIn({ board, index }: BoardEvent): () => void {
    const key = this.#keyOf(board, index);
    return () => {
      if (this.#seen.has(key) || this.#lost.has(key)) return;
      this.#scene.report('acknowledged-lost', `event ${key} was called durable and is not`);
    };
  }

  end(): void {
    const { report } = this.#scene;
    for (const { serial, lastIndex, clearings } of this.#scene.boards()) {
      const known = this.#hearings.clearings(serial);
      if (known !== clearings) {
        report('board-events', `board ${serial} was cleared ${clearings} times, ${known} noted`);
        continue;
      }
      for (let index = 1; index <= lastIndex; index += 1) {
        const key = this.#keyOf(serial, index);
        if (this.#seen.has(key) || this.#lost.has(key)) continue;
        report('board-events', `event ${key} is neither in the journal nor lost`);
        break;
      }
    }
  }
}
