import { misuse, StrictEmitter, strict } from './strict.ts';

/** Where what is posted to a port goes: to a listener here, or to another process. */
export interface Sink {
  message(data: unknown): void;
  close(): void;
}

/** One end of a channel. All messages pass through the main process, wherever the ends are. */
export class PortEnd extends StrictEmitter {
  peer: PortEnd | null = null;
  #sink: Sink | null = null;
  #early: unknown[] = [];
  #closed = false;
  #isGone = false;

  constructor() {
    super('MessagePortMain', ['message', 'close']);
  }

  postMessage(data: unknown): void {
    this.#mustBeHere();
    this.post(structuredClone(data));
  }

  /** What the owner of this end says, wherever it is. */
  post(data: unknown): void {
    if (!this.#closed) this.peer?.deliver(data);
  }

  start(): void {
    this.#mustBeHere();
    this.#to({
      message: (data) => this.emit('message', { data, ports: [] }),
      close: () => this.emit('close'),
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const { peer } = this;
    peer?.end();
  }

  /** The end moves to another process. */
  handOver(sink: Sink): void {
    if (this.#sink !== null) misuse('a port can be handed over once, before it is started');
    this.#isGone = true;
    this.#to(sink);
  }

  deliver(data: unknown): void {
    if (this.#closed) return;
    if (this.#sink === null) this.#early.push(data);
    else this.#sink.message(data);
  }

  end(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#sink?.close();
  }

  #mustBeHere(): void {
    if (this.#isGone) misuse('a port that was handed over cannot be used here any more');
  }

  #to(sink: Sink): void {
    if (this.#sink !== null) return;
    this.#sink = sink;
    const early = this.#early;
    this.#early = [];
    for (const data of early) sink.message(data);
    if (this.#closed) sink.close();
  }
}

const ends = new WeakMap<object, PortEnd>();

/** The end behind a port that the shell gives back to us. */
export function endOf(port: object): PortEnd {
  return ends.get(port) ?? misuse('only a MessagePortMain can be handed over');
}

function strictPort(end: PortEnd): PortEnd {
  const port = strict('MessagePortMain', end);
  ends.set(port, end);
  return port;
}

export class MessageChannelMain {
  readonly port1: PortEnd;
  readonly port2: PortEnd;

  constructor() {
    const [one, two] = [new PortEnd(), new PortEnd()];
    one.peer = two;
    two.peer = one;
    this.port1 = strictPort(one);
    this.port2 = strictPort(two);
  }
}
