/** What opened a relay. `held`: the door was told to stay open. */
export type OpenedBy = 'remote' | 'local' | 'button' | 'held';

/** One opening of a relay, as the board itself saw it. */
export interface Opening {
  readonly serial: number;
  readonly door: number;
  readonly by: OpenedBy;
  /** Real ms on the machine's monotonic clock, the same for every process until a reboot. */
  readonly atMonoMs: number;
  /** The zone's calendar at that moment, ms since 1970. */
  readonly atWallMs: number;
  /** For `remote`: when the open-door bytes arrived. */
  readonly askedMonoMs: number | null;
  /** The badge last held to this door and the index of its event, if not yet opened for. */
  readonly card: number | null;
  readonly swipeIndex: number | null;
  readonly swipeMonoMs: number | null;
}

/** The board's own memory of its openings, which no console can touch. The oldest go first. */
export class OpeningLog {
  readonly #limit: number;
  readonly #onOpening: ((opening: Opening) => void) | undefined;
  #openings: Opening[] = [];

  constructor(limit: number, onOpening?: (opening: Opening) => void) {
    this.#limit = limit;
    this.#onOpening = onOpening;
  }

  add(opening: Opening): void {
    this.#openings.push(opening);
    if (this.#openings.length > this.#limit) this.#openings.shift();
    this.#onOpening?.(opening);
  }

  all(): readonly Opening[] {
    return this.#openings;
  }
}

/** Real ms on CLOCK_MONOTONIC: comparable between processes of one machine. */
export function machineMonoMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
