import type { JournalEvent } from '../../../src/shared/journal/events.ts';

/** A board's event, by its index since the board's memory was last cleared. */
export interface Heard {
  readonly board: string;
  readonly clearings: number;
  readonly index: number;
}

/** Which board's event each event of the journal tells of, over the boards' clearings. */
export class Hearings {
  readonly #clearings = new Map<string, number>();

  clearings(board: string): number {
    return this.#clearings.get(board) ?? 0;
  }

  /** Null for an event that tells of none. */
  of(event: JournalEvent): Heard | null {
    switch (event.kind) {
      case 'board.lost':
        if (event.data.cleared) {
          this.#clearings.set(event.data.board, this.clearings(event.data.board) + 1);
        }
        return null;
      case 'crossing.asked':
      case 'crossing.recorded':
      case 'door.heard':
      case 'gate.remote-opened':
      case 'gate.button-pressed':
      case 'board.alarm': {
        const { board, index } = event.data;
        return { board, index, clearings: this.clearings(board) };
      }
      default:
        return null;
    }
  }
}
