import type { Fault } from '../../lib/result.ts';
import type { WireUpdate } from './protocol.ts';

/** What a watch tells its screen; rows are whatever the view has. */
export interface RawHandlers {
  onUpdate(update: WireUpdate): void | Promise<void>;
  onEnd(fault: Fault | null): void;
  onLagged?: (() => void) | undefined;
}

type Item =
  | { readonly t: 'update'; readonly update: WireUpdate; readonly ack: () => void }
  | { readonly t: 'end'; readonly fault: Fault | null };

/**
 * The screen's side of one watched view. Updates are handed over one after another; each is
 * acknowledged when the screen is done with it, which is what lets the next one come.
 */
export class ClientWatch {
  readonly name: string;
  readonly input: unknown;
  readonly #handlers: RawHandlers;
  readonly #onError: (error: unknown) => void;
  #items: Item[] = [];
  #busy = false;
  #over = false;

  constructor(
    name: string,
    input: unknown,
    handlers: RawHandlers,
    onError: (error: unknown) => void,
  ) {
    this.name = name;
    this.input = input;
    this.#handlers = handlers;
    this.#onError = onError;
  }

  update(update: WireUpdate, ack: () => void): void {
    this.#items.push({ t: 'update', update, ack });
    void this.#work();
  }

  lagged(): void {
    if (!this.#over) this.#guard(() => this.#handlers.onLagged?.());
  }

  end(fault: Fault | null): void {
    this.#items.push({ t: 'end', fault });
    void this.#work();
  }

  /** The connection is gone: what it still had to say is void, a new snapshot will come. */
  linkLost(): void {
    this.#items = [];
  }

  /** The screen wants no more. */
  stop(): void {
    this.#over = true;
    this.#items = [];
  }

  async #work(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let item = this.#items.shift(); item && !this.#over; item = this.#items.shift()) {
      if (item.t === 'end') this.#finish(item.fault);
      else await this.#hand(item.update, item.ack);
    }
    this.#busy = false;
  }

  async #hand(update: WireUpdate, ack: () => void): Promise<void> {
    const { snapshot, set, drop, seq } = update;
    try {
      await this.#handlers.onUpdate({ snapshot, set, drop, seq });
    } catch (error) {
      // A screen that fails on one update still gets the next: it may mend what was drawn wrong.
      this.#onError(error);
    }
    ack();
  }

  #finish(fault: Fault | null): void {
    this.#over = true;
    this.#items = [];
    this.#guard(() => this.#handlers.onEnd(fault));
  }

  #guard(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#onError(error);
    }
  }
}
