import { type Carrier, CarrierInbox } from '../../shared/contract/transport/carrier.ts';
import type { FromEngine, ToEngine } from '../../shared/contract/transport/relay.ts';

interface Relayed {
  readonly inbox: CarrierInbox;
  buffered: number;
}

export interface EngineConnectionsParts {
  /** A connection was opened: the engine serves it. */
  readonly accept: (carrier: Carrier, workstation: string) => void;
  readonly reply: (message: FromEngine) => void;
}

/** The engine's ends of the connections that another process relays to it. */
export class EngineConnections {
  readonly #parts: EngineConnectionsParts;
  readonly #open = new Map<number, Relayed>();

  constructor(parts: EngineConnectionsParts) {
    this.#parts = parts;
  }

  /** Takes a message about a connection; one that is gone already is no mistake. */
  take(message: Exclude<ToEngine, { readonly t: 'stop' | 'key' }>): void {
    if (message.t === 'open') {
      this.#begin(message.conn, message.workstation);
      return;
    }
    const relayed = this.#open.get(message.conn);
    if (relayed === undefined) return;
    if (message.t === 'frame') {
      if (!relayed.inbox.deliver(message.text)) this.#hangUp(message.conn);
    } else if (message.t === 'buffered') {
      relayed.buffered = message.bytes;
    } else {
      this.#open.delete(message.conn);
      relayed.inbox.end();
    }
  }

  #begin(conn: number, workstation: string): void {
    const relayed: Relayed = { inbox: new CarrierInbox(), buffered: 0 };
    this.#open.set(conn, relayed);
    const carrier: Carrier = {
      send: (text) => {
        if (this.#open.has(conn)) this.#parts.reply({ t: 'frame', conn, text });
      },
      bufferedAmount: () => relayed.buffered,
      onText: (listener) => relayed.inbox.onText(listener),
      onClose: (listener) => relayed.inbox.onClose(listener),
      close: () => this.#hangUp(conn),
    };
    this.#parts.accept(carrier, workstation);
  }

  #hangUp(conn: number): void {
    const relayed = this.#open.get(conn);
    if (relayed === undefined) return;
    this.#open.delete(conn);
    relayed.inbox.end();
    this.#parts.reply({ t: 'close', conn });
  }
}
