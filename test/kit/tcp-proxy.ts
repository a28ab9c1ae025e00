import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A line to a server that can be made to misbehave: `pass` carries, `stuck` takes connections and
 * bytes and never answers, `cut` breaks every connection off.
 */
export class TcpProxy {
  readonly #server: Server;
  readonly #target: { host: string; port: number };
  readonly #sockets = new Set<Socket>();
  #mode: 'pass' | 'stuck' | 'cut' = 'pass';
  /** Connections that were taken. */
  taken = 0;

  private constructor(target: { host: string; port: number }) {
    this.#target = target;
    this.#server = createServer((socket) => this.#take(socket));
  }

  static async to(target: { host: string; port: number }): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  pass(): void {
    this.#mode = 'pass';
    this.#dropAll();
  }

  /** From now on, also on the connections that stand. */
  stick(): void {
    this.#mode = 'stuck';
    for (const socket of this.#sockets) {
      socket.unpipe();
      socket.removeAllListeners('data');
      socket.resume();
    }
  }

  cut(): void {
    this.#mode = 'cut';
    this.#dropAll();
  }

  async close(): Promise<void> {
    this.#dropAll();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #dropAll(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  #take(socket: Socket): void {
    this.taken += 1;
    this.#keep(socket);
    if (this.#mode === 'cut') {
      socket.destroy();
    } else if (this.#mode === 'stuck') {
      socket.resume();
    } else {
      const onward = connect(this.#target);
      this.#keep(onward);
      socket.pipe(onward);
      onward.pipe(socket);
      socket.on('close', () => onward.destroy());
      onward.on('close', () => socket.destroy());
    }
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
  }
}
