/**
 * The wire that devices hang on, as the console reaches it: a TCP converter, or a serial port that
 * a test opened. Bytes are lost, repeated or changed on demand, in either direction.
 */
import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Rng, seededRng } from '../../shared/lib/rng.ts';
import { Framer } from '../../shared/wire/osdp/framing.ts';
import { answerOf, type TrainingDevice } from './training-device.ts';

/** Chances per byte, 0 to 1. */
export interface ByteFaults {
  readonly drop: number;
  readonly repeat: number;
  readonly garble: number;
}

const NO_FAULTS: ByteFaults = { drop: 0, repeat: 0, garble: 0 };
/** A packet that stands still this long was broken off, real ms. */
const GAP_MS = 100;

export interface TrainingLineOptions {
  readonly devices: readonly TrainingDevice[];
  readonly rng?: Rng | undefined;
}

export class TrainingLine {
  readonly #devices: readonly TrainingDevice[];
  readonly #rng: Rng;
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  #port = 0;
  #faults = { incoming: NO_FAULTS, outgoing: NO_FAULTS };
  #connections = 0;
  /** The cable between the converter and the devices. */
  plugged = true;

  constructor({ devices, rng }: TrainingLineOptions) {
    this.#devices = devices;
    this.#rng = rng ?? seededRng('osdp line');
  }

  /** Listens; port 0 takes a free one. */
  listen(port = 0): Promise<{ readonly address: string; readonly port: number }> {
    const server = createServer((socket) => {
      this.#connections += 1;
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.on('close', () => this.#sockets.delete(socket));
      this.attach(socket);
    });
    this.#server = server;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port || this.#port, '127.0.0.1', () => {
        const at = server.address();
        this.#port = typeof at === 'object' && at !== null ? at.port : 0;
        resolve({ address: '127.0.0.1', port: this.#port });
      });
    });
  }

  /** The devices hear and speak there. */
  attach(stream: Duplex): void {
    const framer = new Framer();
    let lastMs = 0;
    stream.on('data', (bytes: Uint8Array) => {
      const nowMs = performance.now();
      if (nowMs - lastMs > GAP_MS) framer.reset();
      lastMs = nowMs;
      if (!this.plugged) return;
      for (const packet of framer.push(this.#spoilt(bytes, this.#faults.incoming))) {
        const answer = answerOf(this.#devices, packet);
        if (answer !== null) stream.write(this.#spoilt(answer, this.#faults.outgoing));
      }
    });
  }

  setFaults(faults: {
    readonly incoming?: Partial<ByteFaults>;
    readonly outgoing?: Partial<ByteFaults>;
  }): void {
    this.#faults = {
      incoming: { ...NO_FAULTS, ...faults.incoming },
      outgoing: { ...NO_FAULTS, ...faults.outgoing },
    };
  }

  connections(): number {
    return this.#connections;
  }

  /** The converter drops whoever is connected. */
  dropConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.dropConnections();
    for (const device of this.#devices) device.stop();
    const server = this.#server;
    this.#server = null;
    if (server !== null) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  #spoilt(bytes: Uint8Array, { drop, garble, repeat }: ByteFaults): Uint8Array {
    if (drop + garble + repeat === 0) return bytes;
    const rng = this.#rng;
    return Uint8Array.from(
      [...bytes].flatMap((byte) => {
        if (rng.chance(drop)) return [];
        const sent = rng.chance(garble) ? rng.below(256) : byte;
        return rng.chance(repeat) ? [sent, sent] : [sent];
      }),
    );
  }
}
