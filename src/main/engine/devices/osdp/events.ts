import type { BoardEvent } from '../ports.ts';
import type { DeviceContext } from './context.ts';
import { limits } from './timing.ts';

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** What happened; the rest of the event is the same for all. */
export type Happened = Without<
  BoardEvent,
  'board' | 'index' | 'deviceAtMs' | 'ageMs' | 'delivery' | 'inOrder'
>;

/**
 * A device numbers nothing and remembers nothing: its events are numbered here, on from the last
 * one in the journal, so that they stay dense. They happened when they were heard of.
 */
export class EventNumbers {
  readonly #context: DeviceContext;
  #last: number;
  #notDurable = 0;
  #durable: Promise<void> = Promise.resolve();

  constructor(context: DeviceContext) {
    this.#context = context;
    this.#last = context.setUp.lastIndex;
  }

  lastIndex(): number {
    return this.#last;
  }

  /** Hands an event in. Gives its number. */
  add(happened: Happened): number {
    const { clock, setUp, sink } = this.#context;
    this.#last += 1;
    this.#notDurable += 1;
    this.#durable = sink
      .report({
        ...happened,
        board: setUp.board,
        index: this.#last,
        deviceAtMs: Math.round(clock.wallMs()),
        ageMs: 0,
        delivery: 'polled',
        inOrder: true,
      })
      .finally(() => {
        this.#notDurable -= 1;
      });
    return this.#last;
  }

  /** Resolves once so few are not durable that the device may be asked for more. */
  async settled(): Promise<void> {
    while (this.#notDurable >= limits.notDurable) await this.#durable;
  }
}
