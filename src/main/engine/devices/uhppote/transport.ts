/**
 * One UDP socket for all boards. A datagram reaches a board's driver only when it comes from the
 * address configured for the serial number it carries: the protocol knows no other proof. All else
 * is counted and dropped, never thrown.
 */
import { createSocket, type RemoteInfo, type Socket, type SocketOptions } from 'node:dgram';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import { decodeReply, peek } from '../../../../shared/wire/uhppote/codec.ts';
import type { BoardReply } from '../../../../shared/wire/uhppote/messages.ts';

/** The port that boards listen on; a client bound to it would hear its own broadcasts. */
const BOARDS_PORT = 60_000;

/** Makes a UDP socket; a simulation makes its own, without a network. */
export type OpenSocket = (options: SocketOptions) => Socket;

export interface BoardLink {
  readonly serial: number;
  readonly address: string;
  readonly port: number;
  /** A well-formed message from the board's own address. */
  readonly onReply: (reply: BoardReply) => void;
  /** Something that claims to be, or comes from where, the board is, and is not a message of it. */
  readonly onGarbage: () => void;
  readonly onStranger: () => void;
  /** Another board than the configured one answered our discovery from there. */
  readonly onOther: (serial: number) => void;
}

/** A board with no link of ours said who it is. */
export interface Answered {
  readonly serial: number;
  readonly address: string;
  readonly port: number;
  readonly version: string;
}

export interface TransportCounts {
  /** Datagrams that belong to no configured board. */
  readonly garbage: number;
  readonly strangers: number;
}

export class UhppoteTransport {
  readonly #bindAddress: string;
  readonly #bindPort: number;
  readonly #openSocket: OpenSocket;
  readonly #links = new Map<number, BoardLink>();
  #socket: Socket | null = null;
  #opening: Promise<Result<number>> | null = null;
  /** Takes who answered, or says that nobody asked. */
  #onOthers: ((answered: Answered) => boolean) | null = null;
  #users = 0;
  #garbage = 0;
  #strangers = 0;

  /** Port 0 takes a free one. */
  constructor(bindAddress: string, bindPort: number, openSocket: OpenSocket = createSocket) {
    this.#bindAddress = bindAddress;
    this.#bindPort = bindPort;
    this.#openSocket = openSocket;
  }

  counts(): TransportCounts {
    return { garbage: this.#garbage, strangers: this.#strangers };
  }

  /** Opens the socket for one more board; the first one binds it. Gives the local port. */
  async open(link: BoardLink): Promise<Result<number>> {
    if (this.#bindPort === BOARDS_PORT) {
      return fail('bad-port', 'port 60000 is the boards’ own: choose another local port');
    }
    if (!this.#links.has(link.serial)) this.#users += 1;
    this.#links.set(link.serial, link);
    this.#opening ??= this.#bind();
    const bound = await this.#opening;
    if (!bound.ok) this.#opening = null;
    return bound;
  }

  #bind(): Promise<Result<number>> {
    const socket = this.#openSocket({ type: 'udp4', recvBufferSize: 1 << 20 });
    return new Promise((resolve) => {
      socket.once('error', (error) => {
        socket.close();
        const place = `${this.#bindAddress}:${this.#bindPort}`;
        resolve(fail('no-socket', `UDP ${place} cannot be opened: ${error.message}`, place));
      });
      socket.bind(this.#bindPort, this.#bindAddress, () => {
        socket.removeAllListeners('error');
        // Send errors (an unreachable network) come back here: the board just does not answer.
        socket.on('error', () => {});
        socket.on('message', (bytes, from) => this.#onDatagram(bytes, from));
        socket.setBroadcast(true);
        this.#socket = socket;
        resolve(ok(socket.address().port));
      });
    });
  }

  #onDatagram(bytes: Uint8Array, from: RemoteInfo): void {
    const head = peek(bytes);
    const link = head === null ? undefined : this.#links.get(head.serial);
    if (link === undefined) {
      const isAnswer = this.#answersOthers(bytes, from);
      const known = this.#linkAt(from);
      if (known !== undefined) this.#onUnknown(bytes, known);
      else if (isAnswer) return;
      else if (head === null) this.#garbage += 1;
      else this.#strangers += 1;
      return;
    }
    if (link.address !== from.address) {
      link.onStranger();
      return;
    }
    const reply = decodeReply(bytes);
    if (reply.ok) link.onReply(reply.value);
    else link.onGarbage();
  }

  #onUnknown(bytes: Uint8Array, link: BoardLink): void {
    const reply = decodeReply(bytes);
    if (reply.ok && reply.value.name === 'get-device') link.onOther(reply.value.serial);
    else link.onGarbage();
  }

  #answersOthers(bytes: Uint8Array, { address, port }: RemoteInfo): boolean {
    const reply = decodeReply(bytes);
    if (!reply.ok || reply.value.name !== 'get-device' || this.#onOthers === null) return false;
    const { serial, fields } = reply.value;
    return this.#onOthers({ serial, address, port, version: fields.version });
  }

  #linkAt(from: RemoteInfo): BoardLink | undefined {
    for (const link of this.#links.values()) {
      if (link.address === from.address && link.port === from.port) return link;
    }
    return undefined;
  }

  send(link: BoardLink, bytes: Uint8Array): void {
    this.#socket?.send(bytes, link.port, link.address, () => {});
  }

  /** Who hears of boards without a link that say who they are. */
  hearOthers(call: (answered: Answered) => boolean): void {
    this.#onOthers = call;
  }

  /** Asks whoever is there; only while a board's share holds the socket open. */
  broadcast(to: { readonly address: string; readonly port: number }, bytes: Uint8Array): void {
    this.#socket?.send(bytes, to.port, to.address, () => {});
  }

  /**
   * The address under which a board reaches us: the configured one, or the one that the system
   * would send from. Connecting a UDP socket sends nothing.
   */
  async ownAddress(boardAddress: string, boardPort: number): Promise<string> {
    if (this.#bindAddress !== '0.0.0.0') return this.#bindAddress;
    const probe = this.#openSocket({ type: 'udp4' });
    try {
      return await new Promise<string>((resolve, reject) => {
        probe.once('error', reject);
        probe.connect(boardPort, boardAddress, () => resolve(probe.address().address));
      });
    } catch {
      return '0.0.0.0';
    } finally {
      probe.close();
    }
  }

  /** Gives a board's share back; the last one closes the socket. */
  async close(link: BoardLink): Promise<void> {
    if (!this.#links.delete(link.serial)) return;
    this.#users -= 1;
    const socket = this.#socket;
    if (this.#users > 0 || socket === null) return;
    this.#socket = null;
    this.#opening = null;
    await new Promise<void>((resolve) => socket.close(() => resolve()));
  }
}
