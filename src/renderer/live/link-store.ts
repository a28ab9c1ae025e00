import type { ConsoleClient, LinkState } from '../../shared/contract/client.ts';

/** The state of the link to the engine, for many listeners. */
export class LinkStore {
  readonly #listeners = new Set<() => void>();
  #state: LinkState = 'connecting';

  /** Follows the client from now on; returns the function that ends it. */
  start(client: ConsoleClient): () => void {
    return client.onLink((state) => {
      this.#state = state;
      for (const listener of this.#listeners) listener();
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): LinkState => this.#state;
}
