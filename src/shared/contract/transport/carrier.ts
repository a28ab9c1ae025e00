/**
 * What carries the texts of one connection: a MessagePort, a WebSocket, the pipe between two
 * processes. Order is kept, nothing is lost while it is open.
 */
export interface Carrier {
  /** Never throws; what is sent after the end is dropped. */
  send(text: string): void;
  /** Characters or bytes given to `send` that have not left yet; 0 where nobody can tell. */
  bufferedAmount(): number;
  /** Takes the one listener; texts that came before it are handed over at once, in order. */
  onText(listener: (text: string) => void): void;
  /** Takes the one listener; called once, also when the end came before. */
  onClose(listener: () => void): void;
  close(): void;
}

/** Time as the transport needs it: monotonic, and a way to be called back. */
export interface LinkTimers {
  nowMs(): number;
  /** Calls back once; returns the function that calls it off. */
  after(delayMs: number, run: () => void): () => void;
}

/** How many texts may wait for a listener: a connection begins with one or two. */
const EARLY_TEXTS = 64;

/** The receiving half of every carrier: keeps what comes before somebody listens. */
export class CarrierInbox {
  #early: string[] = [];
  #text: ((text: string) => void) | null = null;
  #close: (() => void) | null = null;
  #ended = false;

  /** Hands a text on; false when too many came before a listener did. */
  deliver(text: string): boolean {
    if (this.#ended) return true;
    if (this.#text !== null) this.#text(text);
    else if (this.#early.push(text) > EARLY_TEXTS) return false;
    return true;
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#close?.();
  }

  get ended(): boolean {
    return this.#ended;
  }

  onText(listener: (text: string) => void): void {
    this.#text = listener;
    const early = this.#early;
    this.#early = [];
    for (const text of early) listener(text);
  }

  onClose(listener: () => void): void {
    this.#close = listener;
    if (this.#ended) listener();
  }
}
