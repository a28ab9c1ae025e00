import type { RemoteInfo, Socket } from 'node:dgram';
import { EventEmitter } from 'node:events';
import type { Rng } from '../../../src/shared/lib/rng.ts';
import type { VirtualHost, VirtualProcess } from './virtual-host.ts';

/** A datagram as it leaves its sender, before anything can befall it. */
export interface Sent {
  readonly owner: VirtualProcess;
  readonly bytes: Uint8Array;
  readonly address: string;
  readonly port: number;
}

const FIRST_FREE_PORT = 40_000;
const LATENCY_MS = { least: 0.2, spread: 1.5 };

/**
 * Datagrams between the programs of one simulated machine, without a network. They take a moment,
 * as real ones do, and may overtake each other within it; worse befalls them at the boards.
 */
export class MemoryNetwork {
  readonly #host: VirtualHost;
  readonly #rng: Rng;
  /** By address and port. */
  readonly #bound = new Map<string, Map<number, MemorySocket>>();
  #nextPort = FIRST_FREE_PORT;
  onSent: (sent: Sent) => void = () => undefined;

  constructor(host: VirtualHost, rng: Rng) {
    this.#host = host;
    this.#rng = rng;
  }

  /** For a program that opens its sockets as it would with `node:dgram`. */
  readonly openSocket = (): Socket =>
    new MemorySocket(this, this.#host.current) as unknown as Socket;

  bind(socket: MemorySocket, address: string, wanted: number, done: () => void): number {
    let port = wanted;
    if (port === 0) {
      port = this.#nextPort;
      this.#nextPort += 1;
    }
    const there = this.#bound.get(address) ?? new Map<number, MemorySocket>();
    if (there.get(port)?.owner.alive) throw new Error(`EADDRINUSE ${address}:${port}`);
    this.#bound.set(address, there.set(port, socket));
    this.#host.after(0, done, socket.owner);
    return port;
  }

  release(address: string, port: number, done: () => void, owner: VirtualProcess): void {
    this.#bound.get(address)?.delete(port);
    this.#host.after(0, done, owner);
  }

  send(from: MemorySocket, bytes: Uint8Array, port: number, address: string): void {
    this.onSent({ owner: from.owner, bytes, address, port });
    const wait = LATENCY_MS.least + this.#rng.next() * LATENCY_MS.spread;
    const to = this.#bound.get(address)?.get(port);
    if (to === undefined || !to.owner.alive) return;
    const sent = Buffer.from(bytes);
    this.#host.after(wait, () => to.receive(sent, from), to.owner);
  }
}

/** As much of a UDP socket as boards and drivers use. */
class MemorySocket extends EventEmitter {
  readonly owner: VirtualProcess;
  readonly #network: MemoryNetwork;
  #address = '';
  #port = 0;
  #open = false;

  constructor(network: MemoryNetwork, owner: VirtualProcess) {
    super();
    this.#network = network;
    this.owner = owner;
  }

  bind(port: number, address: string, done: () => void): void {
    this.#address = address;
    this.#open = true;
    this.#port = this.#network.bind(this, address, port, done);
  }

  /** Nobody here listens to everybody's address. */
  setBroadcast(): void {}

  address() {
    return { address: this.#address, port: this.#port, family: 'IPv4' };
  }

  send(bytes: Uint8Array, port: number, address: string): void {
    if (this.#open) this.#network.send(this, bytes, port, address);
  }

  receive(bytes: Buffer, from: MemorySocket): void {
    if (!this.#open) return;
    const { address, port } = from.address();
    const sender: RemoteInfo = { address, port, family: 'IPv4', size: bytes.length };
    this.emit('message', bytes, sender);
  }

  close(done: () => void = () => undefined): void {
    this.#open = false;
    this.#network.release(this.#address, this.#port, done, this.owner);
  }
}
