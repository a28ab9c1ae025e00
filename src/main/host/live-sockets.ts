import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { LINK_LIMITS } from '../../shared/contract/transport/protocol.ts';
import type { FromEngine, ToEngine } from '../../shared/contract/transport/relay.ts';
import type { BrowserKey } from './browser-keys.ts';

/** A backlog above this is told to the engine, which then holds its updates back. */
const TOLD_ABOVE_BYTES = 262_144;
/** A browser with more than this before it takes nothing at all. */
const DROPPED_ABOVE_BYTES = 67_108_864;
const MAX_SOCKETS = 64;
const MAX_SOCKETS_PER_BROWSER = 16;

/** Codes of RFC 6455 section 7.4 and its registry. */
const GOING_AWAY = 1001;
const TEXT_ONLY = 1003;
const TRY_LATER = 1013;

interface Live {
  readonly socket: WebSocket;
  readonly workstation: string;
  told: number;
}

/** The browsers' live connections, each relayed to the engine text by text. */
export class LiveSockets {
  readonly #send: (message: ToEngine) => void;
  readonly #live = new Map<number, Live>();
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: LINK_LIMITS.bulkMessageChars,
  });
  #next = 1;

  constructor(send: (message: ToEngine) => void) {
    this.#send = send;
  }

  get size(): number {
    return this.#live.size;
  }

  hasRoom(key: BrowserKey): boolean {
    const own = [...this.#live.values()].filter((live) => live.workstation === key.workstation);
    return this.#live.size < MAX_SOCKETS && own.length < MAX_SOCKETS_PER_BROWSER;
  }

  /** Answers an upgrade that was looked at and let in. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, key: BrowserKey): void {
    this.#server.handleUpgrade(request, socket, head, (opened) => this.#begin(opened, key));
  }

  take(message: FromEngine): void {
    if (message.t === 'frame') this.#frame(message.conn, message.text);
    else if (message.t === 'close') this.#live.get(message.conn)?.socket.close(TRY_LATER);
  }

  /** The engine is gone: every browser is told to come again. */
  closeAll(): void {
    for (const live of this.#live.values()) live.socket.close(GOING_AWAY);
  }

  /** Ends all at once, without waiting for anybody. */
  terminateAll(): void {
    for (const live of this.#live.values()) live.socket.terminate();
  }

  #begin(socket: WebSocket, { workstation }: BrowserKey): void {
    const conn = this.#next;
    this.#next += 1;
    this.#live.set(conn, { socket, workstation, told: 0 });
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) socket.close(TEXT_ONLY);
      else this.#send({ t: 'frame', conn, text: data.toString('utf8') });
    });
    // A broken frame or a reset: the close that follows says all there is to say.
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#live.delete(conn);
      this.#send({ t: 'close', conn });
    });
    this.#send({ t: 'open', conn, workstation });
  }

  #frame(conn: number, text: string): void {
    const live = this.#live.get(conn);
    if (live === undefined || live.socket.readyState !== live.socket.OPEN) return;
    live.socket.send(text, () => this.#tell(conn, live));
    if (live.socket.bufferedAmount > DROPPED_ABOVE_BYTES) live.socket.terminate();
    else this.#tell(conn, live);
  }

  /** Tells the engine of a backlog that grew, and when it is gone. */
  #tell(conn: number, live: Live): void {
    const { bufferedAmount } = live.socket;
    const bytes = bufferedAmount > TOLD_ABOVE_BYTES ? bufferedAmount : 0;
    if (bytes === live.told || !this.#live.has(conn)) return;
    live.told = bytes;
    this.#send({ t: 'buffered', conn, bytes });
  }
}
