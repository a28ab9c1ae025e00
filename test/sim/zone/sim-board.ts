import type { Rng } from '../../../src/shared/lib/rng.ts';
import { TrainingBoard } from '../../../src/training/boards/training-board.ts';
import type { MemoryNetwork } from '../host/memory-network.ts';
import type { Calendar } from '../host/virtual-clock.ts';
import type { VirtualHost } from '../host/virtual-host.ts';

/** A board that soon counts up to where it was could not be seen to have been cleared. */
const CLEARED_FROM = 60;
/** After so many reads the console has found out that the board counts anew. */
const READS = 10;

/** What really happened at a board: when each event was made, in true ms. */
export class SimBoard {
  readonly serial: string;
  readonly device: TrainingBoard;
  readonly #host: VirtualHost;
  /** When each event was made; the list begins anew when the board's memory is cleared. */
  readonly #lives: number[][] = [[]];
  /** How often the console had read an event when the memory was last cleared. */
  #readBefore = 0;

  constructor(
    serial: number,
    address: string,
    deps: {
      readonly host: VirtualHost;
      readonly calendar: Calendar;
      readonly network: MemoryNetwork;
      readonly rng: Rng;
      readonly eventMemory: number;
    },
  ) {
    const { host, calendar, network, rng, eventMemory } = deps;
    this.#host = host;
    this.serial = String(serial);
    this.device = new TrainingBoard({
      ...{ serial, address, port: 60_000, eventMemory, rng },
      wallMs: () => calendar.trueMs(),
      monoMs: () => host.nowMs,
      openSocket: network.openSocket,
    });
  }

  /** Called after every task: an event is noted at the very moment it was made. */
  look(): void {
    const last = this.device.lastIndex();
    const made = this.#life();
    if (made.length === last) return;
    if (this.#countsUpUnseen(last)) {
      this.device.clearEvents();
      made.length = 0;
      return;
    }
    while (made.length < last) made.push(this.#host.nowMs);
  }

  /**
   * A technician clears the memory; not before it is clear to everybody that it was cleared, nor
   * again before the console has read on: of two clearings with nothing read between nobody knows.
   */
  clear(): void {
    if (this.lastIndex() < CLEARED_FROM || !this.#wasRead()) return;
    this.look();
    this.device.clearEvents();
    this.#lives.push([]);
    this.#readBefore = this.#reads();
  }

  /**
   * Cleared while nobody reads it, it would count up to where it was, and no index could tell: the
   * technician clears it again, which nobody can tell from once.
   */
  #countsUpUnseen(last: number): boolean {
    return !this.#wasRead() && last > CLEARED_FROM / 2;
  }

  #wasRead(): boolean {
    return this.clearings() === 0 || this.#reads() >= this.#readBefore + READS;
  }

  #reads(): number {
    return this.device.received('get-event');
  }

  lastIndex(): number {
    return this.#life().length;
  }

  /** How often the memory was cleared. */
  clearings(): number {
    return this.#lives.length - 1;
  }

  /** When the event of this index was made; undefined for one that was never made. */
  madeMs(clearings: number, index: number): number | undefined {
    return this.#lives[clearings]?.[index - 1];
  }

  #life(): number[] {
    return this.#lives.at(-1) as number[];
  }
}
