import type { BoardEvent } from '../../../src/main/engine/devices/ports.ts';
import type { JournalEvent } from '../../../src/shared/journal/events.ts';
import type { Check, Scene } from './invariant.ts';
import { heardOf } from './lateness.ts';

/** Every event that a board made: once in the journal, or listed as lost. */
export class BoardEventCheck implements Check {
  readonly #scene: Scene;
  readonly #seen = new Set<string>();
  readonly #lost = new Set<string>();

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  event(event: JournalEvent): void {
    if (event.kind === 'board.lost') {
      const { board, from, to } = event.data;
      for (let index = from; index <= to; index += 1) this.#lost.add(`${board}/${index}`);
    }
    const heard = heardOf(event);
    if (heard === null) return;
    const key = `${heard.board}/${heard.index}`;
    if (this.#seen.has(key)) this.#scene.report('board-events', `${event.seq}: ${key} comes twice`);
    this.#seen.add(key);
    if (this.#scene.madeMs(heard.board, heard.index) === undefined) {
      this.#scene.report('board-events', `${event.seq}: the board never made event ${key}`);
    }
  }

  /** The driver was told that it is durable: now it must be, whatever comes after. */
  durable({ board, index }: BoardEvent): void {
    const key = `${board}/${index}`;
    if (this.#seen.has(key) || this.#lost.has(key)) return;
    this.#scene.report('acknowledged-lost', `event ${key} was called durable and is not`);
  }

  end(): void {
    for (const { serial, lastIndex } of this.#scene.boards()) {
      for (let index = 1; index <= lastIndex; index += 1) {
        const key = `${serial}/${index}`;
        if (this.#seen.has(key) || this.#lost.has(key)) continue;
        this.#scene.report('board-events', `event ${key} is neither in the journal nor lost`);
        return;
      }
    }
  }
}
