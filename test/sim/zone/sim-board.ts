import type { Rng } from '../../../src/shared/lib/rng.ts';
import { TrainingBoard } from '../../../src/training/boards/training-board.ts';
import type { MemoryNetwork } from '../host/memory-network.ts';
import type { Calendar } from '../host/virtual-clock.ts';
import type { VirtualHost } from '../host/virtual-host.ts';

/** What really happened at a board: when each event was made, in true ms. */
export class SimBoard {
  readonly serial: string;
  readonly device: TrainingBoard;
  readonly #host: VirtualHost;
  readonly #madeMs: number[] = [];

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
    while (this.#madeMs.length < last) this.#madeMs.push(this.#host.nowMs);
  }

  lastIndex(): number {
    return this.#madeMs.length;
  }

  /** When the event of this index was made; undefined for one that was never made. */
  madeMs(index: number): number | undefined {
    return this.#madeMs[index - 1];
  }
}
