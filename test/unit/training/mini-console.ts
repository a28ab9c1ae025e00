import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { Site } from '../../../src/shared/domain/site.ts';
import { boardsOf, type SiteUhppoteBoard } from '../../../src/shared/domain/site-board.ts';
import { decodeReply, encodeRequest } from '../../../src/shared/wire/uhppote/codec.ts';

/** Under PC control a swipe arrives as a denied event of this type and reason. */
const SWIPE = 1;
const DENIED_PC_CONTROL = 0x05;
const KEEP_ALIVE_MS = 1000;

/**
 * The least that boards take for a console: follows the clock, keeps PC control, and opens for
 * whoever `admits` says. Knows nothing but sockets.
 */
export class MiniConsole {
  readonly #site: Site;
  readonly #admits: (board: string, door: number, card: number) => boolean;
  readonly #socket: Socket = createSocket('udp4');
  readonly #clock: Socket = createSocket('udp4');
  readonly #listening = new Set<number>();
  #timer: NodeJS.Timeout | null = null;
  opened = 0;
  told: { wallMs: number; speed: number; achieved: number } | null = null;

  constructor(site: Site, admits: (board: string, door: number, card: number) => boolean) {
    this.#site = site;
    this.#admits = admits;
  }

  async start(): Promise<void> {
    this.#socket.on('message', (bytes) => this.#onMessage(bytes));
    this.#clock.on('message', (bytes) => {
      this.told = JSON.parse(bytes.toString()) as NonNullable<MiniConsole['told']>;
    });
    for (const socket of [this.#socket, this.#clock]) {
      socket.bind(0, '127.0.0.1');
      await once(socket, 'listening');
    }
    // What 75 boards answer at once can be more than a socket holds: the unheard are asked again.
    for (let waiting = boardsOf(this.#site, 'uhppote'); waiting.length > 0; ) {
      for (const board of waiting) this.#greet(board);
      this.#beat();
      await setTimeout(KEEP_ALIVE_MS / 10);
      waiting = waiting.filter(({ serial }) => !this.#knows(Number(serial)));
    }
    this.#timer = setInterval(() => this.#beat(), KEEP_ALIVE_MS);
  }

  /** Falls silent at once, as when it is killed. */
  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#socket.close();
    this.#clock.close();
  }

  #greet(board: SiteUhppoteBoard): void {
    const { port } = this.#socket.address();
    const serial = Number(board.serial);
    const send = (bytes: Uint8Array) => this.#socket.send(bytes, board.port, board.address);
    send(encodeRequest('set-pc-control', serial, { magic: true, on: true }));
    send(encodeRequest('record-special-events', serial, { on: true }));
    send(encodeRequest('set-listener', serial, { address: '127.0.0.1', port, autoSendS: 0 }));
  }

  #knows = (serial: number) => this.#listening.has(serial) && this.#lastIndex.has(serial);

  #beat(): void {
    for (const { serial, port, address } of boardsOf(this.#site, 'uhppote')) {
      this.#socket.send(encodeRequest('get-status', Number(serial), {}), port, address);
    }
    if (this.#site.training === false) return;
    const { port, address } = this.#site.training.clock;
    this.#clock.send('{"v":1,"ask":true}', port, address);
  }

  #lastIndex = new Map<number, number>();

  #onMessage(bytes: Buffer): void {
    const reply = decodeReply(bytes);
    if (reply.ok && reply.value.name === 'set-listener') this.#listening.add(reply.value.serial);
    if (!reply.ok || reply.value.name !== 'get-status') return;
    const { serial, fields } = reply.value;
    const last = this.#lastIndex.get(serial);
    this.#lastIndex.set(serial, Math.max(last ?? 0, fields.index));
    // What happened before we came is late: it opens nothing.
    if (last === undefined || fields.index <= last) return;
    if (fields.type !== SWIPE || fields.reason !== DENIED_PC_CONTROL) return;
    const board = boardsOf(this.#site, 'uhppote').find((one) => Number(one.serial) === serial);
    if (board === undefined || !this.#admits(board.serial, fields.door, fields.card)) return;
    this.opened += 1;
    const open = encodeRequest('open-door', serial, { door: fields.door });
    this.#socket.send(open, board.port, board.address);
  }
}
