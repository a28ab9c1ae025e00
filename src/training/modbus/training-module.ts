/**
 * A Modbus TCP I/O module to practise on, laid out as ICP DAS tM: byte for byte over a real socket,
 * with a host watchdog that brings its outputs to their safe values, and its own log of what its
 * outputs did, which no console can touch. Registers and discrete inputs lie beside it for maps of
 * other makes.
 */
import { createServer, type Server, type Socket } from 'node:net';
import type { Place } from '../../shared/domain/modbus-modules.ts';
import { machineMonoMs } from '../boards/openings.ts';
import { Memory } from './memory.ts';
import {
  answerTo,
  exceptionTo,
  ILLEGAL_ADDRESS,
  requestOf,
  type WriteRequest,
} from './requests.ts';

const OUTPUTS = 16;
const FIRST_INPUT = 32;
const FIRST_SAFE = 128;
const FIRST_POWER_ON = 160;
const WATCHDOG = 260;
const TRIPPED = 269;
const LOG_LIMIT = 10_000;

/** One change of an output, as the module itself saw it. */
export interface OutputChange {
  readonly output: number;
  readonly on: boolean;
  readonly by: 'host' | 'silence' | 'power-on';
  readonly atMonoMs: number;
}

/** One request: its function code and its first address. */
export interface Asked {
  readonly fn: number;
  readonly at: number;
}

/** What is wrong with it; everything may be at once. */
export interface ModuleFaults {
  /** Does what it is told, and does not answer: anything, or requests of one function. */
  readonly mute?: boolean | number | undefined;
  /** Hears nothing. */
  readonly deaf?: boolean | undefined;
  /** Says yes to a write and does nothing. */
  readonly idle?: boolean | undefined;
  /** Answers with this exception; only requests of this function where one is named. */
  readonly exception?: { readonly code: number; readonly fn?: number | undefined } | undefined;
  /** Answers as another unit. */
  readonly asUnit?: number | undefined;
  readonly slowMs?: number | undefined;
  /** Answers with bytes that are no answer. */
  readonly garbled?: boolean | undefined;
}

export interface TrainingModuleOptions {
  readonly unit?: number | undefined;
  readonly port?: number | undefined;
  readonly monoMs?: (() => number) | undefined;
  /** Silence after which an enabled watchdog trips, real ms. */
  readonly watchdogMs?: number | undefined;
  readonly onOutput?: ((change: OutputChange) => void) | undefined;
}

export class TrainingModule {
  readonly #options: TrainingModuleOptions;
  readonly #monoMs: () => number;
  readonly #memory = new Memory({
    coil: [
      [0, OUTPUTS - 1],
      [FIRST_INPUT, FIRST_INPUT + 15],
      [FIRST_SAFE, FIRST_SAFE + OUTPUTS - 1],
      [FIRST_POWER_ON, FIRST_POWER_ON + OUTPUTS - 1],
      [WATCHDOG, WATCHDOG],
      [TRIPPED, TRIPPED],
    ],
    discrete: [[0, 31]],
    holding: [[0, 31]],
    input: [[0, 15]],
  });
  readonly #changes: OutputChange[] = [];
  readonly #writes: { readonly place: Place; readonly value: number }[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #watchers = new Set<(change: OutputChange) => void>();
  #server: Server | null = null;
  #watchdog: NodeJS.Timeout | null = null;
  #faults: ModuleFaults = {};
  #port = 0;
  readonly #asked: Asked[] = [];
  #together = 0;
  #mostTogether = 0;

  constructor(options: TrainingModuleOptions = {}) {
    this.#options = options;
    this.#monoMs = options.monoMs ?? machineMonoMs;
    if (options.onOutput !== undefined) this.#watchers.add(options.onOutput);
  }

  /** Listens on 127.0.0.1. Rejects where the port cannot be had. */
  async start(): Promise<{ readonly address: string; readonly port: number }> {
    const server = createServer((socket) => this.#onSocket(socket));
    this.#server = server;
    const port = this.#port === 0 ? (this.#options.port ?? 0) : this.#port;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => resolve());
    });
    const at = server.address();
    this.#port = typeof at === 'object' && at !== null ? at.port : 0;
    return { address: '127.0.0.1', port: this.#port };
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    if (this.#watchdog !== null) clearTimeout(this.#watchdog);
    this.drop();
    const server = this.#server;
    this.#server = null;
    if (server !== null) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  // What the world does -------------------------------------------------------------------------

  /** Ends every connection. */
  drop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  setFaults(faults: ModuleFaults): void {
    this.#faults = faults;
  }

  /** The level of an input, or any other number of the module's own. */
  set(place: Place, value: number): void {
    this.#memory.set(place, value);
  }

  get(place: Place): number {
    return this.#memory.get(place);
  }

  output(n: number): boolean {
    return this.#memory.get({ table: 'coil', at: n }) !== 0;
  }

  /** Power is lost and comes back: outputs take their power-on values, connections are gone. */
  powerCycle(): void {
    this.drop();
    for (let n = 0; n < OUTPUTS; n += 1) {
      this.#put(n, this.get({ table: 'coil', at: FIRST_POWER_ON + n }), 'power-on');
    }
    this.set({ table: 'coil', at: WATCHDOG }, 0);
  }

  /** Calls back for each change of an output, until the returned function is called. */
  watch(call: (change: OutputChange) => void): () => void {
    this.#watchers.add(call);
    return () => void this.#watchers.delete(call);
  }

  changes(): readonly OutputChange[] {
    return this.#changes;
  }

  /** How often an output went on. */
  openings(output: number): number {
    return this.#changes.filter((change) => change.output === output && change.on).length;
  }

  /** Values that hosts wrote there, in order. */
  written({ table, at }: Place): number[] {
    const there = this.#writes.filter(({ place }) => place.table === table && place.at === at);
    return there.map(({ value }) => value);
  }

  /** What it was asked, in order. */
  asked(): readonly Asked[] {
    return this.#asked;
  }

  /** The most requests that ever were on their way at once. */
  mostTogether(): number {
    return this.#mostTogether;
  }

  // What it does itself -------------------------------------------------------------------------

  #onSocket(socket: Socket): void {
    this.#sockets.add(socket);
    let received = Buffer.alloc(0);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      received = Buffer.concat([received, bytes]);
      while (received.length >= 8) {
        const length = received.readUInt16BE(4);
        if (received.length < 6 + length) break;
        this.#onFrame(socket, received.subarray(0, 6 + length));
        received = received.subarray(6 + length);
      }
    });
  }

  #onFrame(socket: Socket, frame: Buffer): void {
    const { unit = 1 } = this.#options;
    const { deaf, mute, slowMs = 0 } = this.#faults;
    if (deaf === true || frame.readUInt16BE(2) !== 0 || frame[6] !== unit) return;
    this.#asked.push({ fn: frame[7] ?? 0, at: frame.length < 10 ? -1 : frame.readUInt16BE(8) });
    if (this.#asked.length > LOG_LIMIT) this.#asked.shift();
    this.#together += 1;
    this.#mostTogether = Math.max(this.#mostTogether, this.#together);
    const act = (): void => {
      this.#together -= 1;
      const answer = this.#answer(frame.subarray(7));
      this.#feedWatchdog();
      const isMute = mute === true || mute === frame[7];
      if (!isMute && !socket.destroyed) socket.write(this.#framed(frame, answer));
    };
    if (slowMs === 0) {
      act();
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, slowMs);
    this.#timers.add(timer);
  }

  #answer(pdu: Buffer): Buffer {
    const fn = pdu[0] ?? 0;
    const { exception } = this.#faults;
    if (exception !== undefined && (exception.fn ?? fn) === fn) {
      return exceptionTo(fn, exception.code);
    }
    const request = requestOf(pdu);
    if (typeof request === 'number') return exceptionTo(fn, request);
    const count = request.do === 'read' ? request.count : request.values.length;
    if (!this.#memory.has(request, count)) return exceptionTo(fn, ILLEGAL_ADDRESS);
    if (request.do === 'write') this.#take(request);
    return answerTo(request, pdu, (place) => this.#memory.get(place));
  }

  #framed(frame: Buffer, pdu: Buffer): Buffer {
    const head = Buffer.from(frame.subarray(0, 7));
    head.writeUInt16BE(pdu.length + 1, 4);
    head[6] = this.#faults.asUnit ?? head[6] ?? 0;
    const answer = Buffer.concat([head, pdu]);
    if (this.#faults.garbled !== true) return answer;
    // A whole frame by its length, and nothing in it that was asked for.
    answer.fill(0xa5, 8);
    answer[7] = (answer[7] ?? 0) ^ 0x15;
    return answer;
  }

  #take({ table, at, values }: WriteRequest): void {
    for (const [i, value] of values.entries()) {
      const place: Place = { table, at: at + i };
      this.#writes.push({ place, value });
      if (this.#writes.length > LOG_LIMIT) this.#writes.shift();
      if (this.#faults.idle === true) continue;
      if (table === 'coil' && place.at < OUTPUTS) this.#put(place.at, value, 'host');
      else if (table === 'coil' && place.at === TRIPPED) this.set(place, 0);
      else this.set(place, value);
    }
  }

  #put(output: number, value: number, by: OutputChange['by']): void {
    const place: Place = { table: 'coil', at: output };
    if (this.#memory.get(place) === value) return;
    this.#memory.set(place, value);
    const change = { output, on: value !== 0, by, atMonoMs: this.#monoMs() };
    this.#changes.push(change);
    if (this.#changes.length > LOG_LIMIT) this.#changes.shift();
    for (const watcher of this.#watchers) watcher(change);
  }

  #feedWatchdog(): void {
    if (this.#watchdog !== null) clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => {
      if (this.get({ table: 'coil', at: WATCHDOG }) === 0) return;
      this.set({ table: 'coil', at: TRIPPED }, 1);
      for (let n = 0; n < OUTPUTS; n += 1) {
        this.#put(n, this.get({ table: 'coil', at: FIRST_SAFE + n }), 'silence');
      }
    }, this.#options.watchdogMs ?? 5000);
  }
}
