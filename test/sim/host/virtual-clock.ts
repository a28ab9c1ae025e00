import type { Clock } from '../../../src/shared/lib/clock.ts';
import type { VirtualHost, VirtualProcess } from './virtual-host.ts';

/** The calendar of the simulated machine: what a time server or a hand makes of it. */
export class Calendar {
  readonly #host: VirtualHost;
  readonly #startMs: number;
  #steppedMs = 0;

  constructor(host: VirtualHost, startMs: number) {
    this.#host = host;
    this.#startMs = startMs;
  }

  /** True time, which nobody in the simulation can put off. */
  trueMs(): number {
    return this.#startMs + this.#host.nowMs;
  }

  wallMs(): number {
    return this.trueMs() + this.#steppedMs;
  }

  step(ms: number): void {
    this.#steppedMs += ms;
  }

  setRight(): void {
    this.#steppedMs = 0;
  }
}

/** The clock that one program sees: the machine's calendar, and its own monotonic time. */
export function clockOf(host: VirtualHost, calendar: Calendar, process: VirtualProcess): Clock {
  return {
    wallMs: () => calendar.wallMs(),
    monoMs: () => host.nowMs - process.bornMs,
    speed: () => 1,
  };
}
