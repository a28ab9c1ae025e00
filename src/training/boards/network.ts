/** One board's UDP socket, with the faults of a bad network on demand, in either direction. */
import { createSocket, type Socket, type SocketOptions } from 'node:dgram';
import type { Rng } from '../../shared/lib/rng.ts';

/** Chances per datagram, 0 to 1. */
export interface Faults {
  readonly drop: number;
  readonly repeat: number;
  /** The datagram is held back until the next one has gone, at most 200 ms. */
  readonly reorder: number;
  readonly delay: number;
  readonly delayMs: number;
  /** Its bytes are replaced by noise (outgoing only). */
  readonly garble: number;
}

export const noFaults: Faults = {
  drop: 0,
  repeat: 0,
  reorder: 0,
  delay: 0,
  delayMs: 0,
  garble: 0,
};

const HELD_MS = 200;

export interface Peer {
  readonly address: string;
  readonly port: number;
}

/** Makes a UDP socket; a simulation makes its own, without a network. */
export type OpenSocket = (options: SocketOptions) => Socket;

type Deliver = (bytes: Uint8Array) => void;

/** Applies faults to one direction of one board's traffic. */
class FaultyLine {
  faults: Faults = noFaults;
  readonly #rng: Rng;
  #held: { readonly go: () => void; readonly timer: NodeJS.Timeout } | null = null;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(rng: Rng) {
    this.#rng = rng;
  }

  pass(bytes: Uint8Array, deliver: Deliver): void {
    const { faults } = this;
    const rng = this.#rng;
    if (rng.chance(faults.drop)) return;
    const sent = rng.chance(faults.garble) ? this.noise() : bytes;
    const go = (): void => deliver(sent);
    if (this.#held === null && rng.chance(faults.reorder)) {
      this.#held = { go, timer: setTimeout(() => this.#release(), HELD_MS) };
      return;
    }
    if (rng.chance(faults.delay)) this.#later(go, faults.delayMs);
    else go();
    if (rng.chance(faults.repeat)) this.#later(go, 1 + this.#rng.below(20));
    this.#release();
  }

  noise(): Uint8Array {
    const bytes = new Uint8Array(this.#rng.chance(0.5) ? 64 : this.#rng.below(200));
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = this.#rng.below(256);
    if (bytes.length === 64 && this.#rng.chance(0.5)) bytes[0] = 0x17;
    return bytes;
  }

  #release(): void {
    const held = this.#held;
    if (held === null) return;
    this.#held = null;
    clearTimeout(held.timer);
    held.go();
  }

  #later(go: () => void, ms: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      go();
    }, ms);
    this.#timers.add(timer);
  }

  stop(): void {
    if (this.#held !== null) clearTimeout(this.#held.timer);
    this.#held = null;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}

export class BoardNetwork {
  readonly #onBytes: (bytes: Uint8Array, from: Peer) => void;
  readonly #in: FaultyLine;
  readonly #out: FaultyLine;
  readonly #openSocket: OpenSocket;
  #socket: Socket | null = null;
  /** The cable, or the power of the board's network part. */
  plugged = true;

  constructor(
    rng: Rng,
    onBytes: (bytes: Uint8Array, from: Peer) => void,
    openSocket: OpenSocket = createSocket,
  ) {
    this.#openSocket = openSocket;
    this.#onBytes = onBytes;
    this.#in = new FaultyLine(rng.fork('in'));
    this.#out = new FaultyLine(rng.fork('out'));
  }

  /** Listens; port 0 takes a free one. Gives the port. */
  listen(address: string, port: number): Promise<number> {
    const socket = this.#openSocket({ type: 'udp4' });
    this.#socket = socket;
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(port, address, () => {
        socket.removeListener('error', reject);
        socket.on('error', () => {});
        socket.on('message', (bytes, from) => {
          if (!this.plugged) return;
          this.#in.pass(bytes, (passed) => this.#onBytes(passed, from));
        });
        resolve(socket.address().port);
      });
    });
  }

  setFaults(incoming: Faults, outgoing: Faults): void {
    this.#in.faults = incoming;
    this.#out.faults = outgoing;
  }

  send(bytes: Uint8Array, to: Peer): void {
    if (!this.plugged) return;
    this.#out.pass(bytes, (passed) => {
      if (this.plugged && to.port > 0) this.#socket?.send(passed, to.port, to.address, () => {});
    });
  }

  /** Sends that many datagrams of noise. */
  sendNoise(to: Peer, count: number): void {
    for (let i = 0; i < count; i += 1) {
      this.#socket?.send(this.#out.noise(), to.port, to.address, () => {});
    }
  }

  async close(): Promise<void> {
    this.#in.stop();
    this.#out.stop();
    const socket = this.#socket;
    this.#socket = null;
    if (socket !== null) await new Promise<void>((resolve) => socket.close(() => resolve()));
  }
}
