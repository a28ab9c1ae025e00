import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream';
import { RateLimit } from '../../shared/contract/transport/rate-limit.ts';
import type { FromEngine, ToEngine } from '../../shared/contract/transport/relay.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { StaticFiles } from '../launch/static-files.ts';
import { type Answer, fileAnswer, hangUp, pageAnswer, textAnswer } from './answers.ts';
import { type BrowserKey, BrowserKeys } from './browser-keys.ts';
import { LiveSockets } from './live-sockets.ts';
import { isOwnOrigin, type Refusal, readAddress, readCookie, refuseHead } from './request-guard.ts';
import { securityHeaders } from './security-headers.ts';

export interface BrowserHostParts {
  /** 0 takes a free one. */
  readonly port: number;
  /** The built page. */
  readonly pageDir: string;
  readonly mapHosts: readonly string[];
  readonly random: (bytes: number) => Uint8Array;
  readonly nowMs: () => number;
  /** True while the engine takes connections. */
  readonly engineReady: () => boolean;
  readonly toEngine: (message: ToEngine) => void;
  /** A link was used; this is the next browser's. */
  readonly onFreshUrl: (url: string) => void;
}

export interface BrowserHost {
  readonly port: number;
  /** Opens one browser. */
  launchUrl(): string;
  fromEngine(message: FromEngine): void;
  engineDown(): void;
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
const SERVER_LIMITS = {
  maxHeaderSize: 8_192,
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
} as const;
const IDLE_SOCKET_MS = 30_000;
const MAX_SOCKETS = 1_024;
const MAX_HEADERS = 64;
const CLIENT_ERRORS: Readonly<Record<string, Refusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, why: 'Request Timeout' },
  HPE_HEADER_OVERFLOW: { status: 431, why: 'Request Header Fields Too Large' },
};
/** Requests per second and at once: of a browser that has its key, and of all that have none. */
const KNOWN_RATE = { perS: 100, burst: 400 } as const;
const UNKNOWN_RATE = { perS: 20, burst: 60 } as const;
const MAX_RATES = 128;

/**
 * Serves the console to browsers on this machine: the built page, and the live connection by
 * WebSocket. Listens on the loopback address only. Fails with `port-taken` or `port-unusable`.
 */
export async function openBrowserHost(parts: BrowserHostParts): Promise<Result<BrowserHost>> {
  const host = new Host(parts);
  const listening = await host.listen();
  return listening.ok ? ok(host) : listening;
}

class Host implements BrowserHost {
  readonly #parts: BrowserHostParts;
  readonly #server: Server;
  readonly #keys: BrowserKeys;
  readonly #files: StaticFiles;
  readonly #live: LiveSockets;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #rates = new Map<string, RateLimit>();
  port = 0;

  constructor(parts: BrowserHostParts) {
    this.#parts = parts;
    this.#headers = securityHeaders(parts.mapHosts);
    this.#files = new StaticFiles(parts.pageDir);
    this.#live = new LiveSockets(parts.toEngine);
    this.#keys = new BrowserKeys({
      random: parts.random,
      onFresh: () => parts.onFreshUrl(this.launchUrl()),
    });
    this.#server = createServer(SERVER_LIMITS, (request, response) => {
      this.#write(request, response, this.#answer(request));
    });
    this.#server.maxConnections = MAX_SOCKETS;
    this.#server.maxHeadersCount = MAX_HEADERS;
    this.#server.setTimeout(IDLE_SOCKET_MS);
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    this.#server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
      hangUp(socket, CLIENT_ERRORS[error.code ?? ''] ?? { status: 400, why: 'Bad Request' });
    });
  }

  listen(): Promise<Result<void>> {
    const { promise, resolve } = Promise.withResolvers<Result<void>>();
    const { port } = this.#parts;
    this.#server.on('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      const text = taken
        ? `port ${port} is taken by another program: give another with --port, or 0 for any`
        : `cannot listen on port ${port}: ${error.message}`;
      resolve(fail(taken ? 'port-taken' : 'port-unusable', text, String(port)));
    });
    this.#server.listen({ host: LOOPBACK, port, exclusive: true }, () => {
      this.port = (this.#server.address() as AddressInfo).port;
      resolve(ok(undefined));
    });
    return promise;
  }

  launchUrl(): string {
    return `http://${LOOPBACK}:${this.port}/?launch=${this.#keys.launchToken}`;
  }

  fromEngine(message: FromEngine): void {
    this.#live.take(message);
  }

  engineDown(): void {
    this.#live.closeAll();
  }

  close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    this.#live.closeAll();
    // Leaves the farewells one turn to go out, then waits for nobody.
    setImmediate(() => {
      this.#live.terminateAll();
      this.#server.closeAllConnections();
    });
    return promise;
  }

  #answer(request: IncomingMessage): Answer {
    const refused = refuseHead(request, this.port);
    if (refused?.status === 421) return pageAnswer('wrong-host');
    if (refused !== null) return textAnswer(refused);
    const key = this.#key(request);
    if (!this.#allowed(key)) return pageAnswer('slow-down');
    const address = readAddress(request.url ?? '');
    if (address === null) return textAnswer({ status: 400, why: 'the address is malformed' });
    const token = address.path === '/' ? address.query.get('launch') : null;
    if (token !== null) return this.#launch(request, token, key);
    if (key === null) return pageAnswer('no-key');
    const file = this.#files.find(address.path);
    if (file !== null) return fileAnswer(file);
    return pageAnswer(this.#files.empty ? 'not-built' : 'not-found');
  }

  #launch(request: IncomingMessage, token: string, known: BrowserKey | null): Answer {
    const home = { status: 303, headers: { location: '/' }, body: '' };
    // A browser that is let in already loses nothing by an old link, and uses up no new one.
    if (known !== null) return home;
    const key = request.method === 'GET' ? this.#keys.exchange(token) : null;
    if (key === null) return pageAnswer('used-link');
    const cookie = `${this.#cookieName()}=${key}; Path=/; HttpOnly; SameSite=Strict`;
    return { ...home, headers: { ...home.headers, 'set-cookie': cookie } };
  }

  #write(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
    response.on('error', () => {});
    response.writeHead(answer.status, { ...this.#headers, ...answer.headers });
    if (request.method === 'HEAD') response.end();
    else if (typeof answer.body === 'string') response.end(answer.body);
    else pipeline(answer.body.open(), response, () => {});
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => {});
    const key = this.#key(request);
    const refused = this.#refuseUpgrade(request, key);
    if (refused !== null) hangUp(socket, refused);
    else if (key !== null) this.#live.accept(request, socket, head, key);
  }

  #refuseUpgrade(request: IncomingMessage, key: BrowserKey | null): Refusal | null {
    const refused = refuseHead(request, this.port);
    if (refused !== null) return refused;
    if (!isOwnOrigin(request.headers.origin, this.port)) return { status: 403, why: 'Forbidden' };
    if (!this.#allowed(key)) return { status: 429, why: 'Too Many Requests' };
    if (key === null) return { status: 401, why: 'Unauthorized' };
    if (request.url !== '/live') return { status: 404, why: 'Not Found' };
    if (!this.#live.hasRoom(key)) return { status: 503, why: 'Too Many Connections' };
    if (!this.#parts.engineReady()) return { status: 503, why: 'Engine Not Ready' };
    return null;
  }

  #key(request: IncomingMessage): BrowserKey | null {
    return this.#keys.find(readCookie(request.headers.cookie, this.#cookieName()));
  }

  /** Cookies know no ports: two consoles on one machine must not take each other's. */
  #cookieName(): string {
    return `twoline-${this.port}`;
  }

  /** Requests without a key share one budget, so that they cannot use up a browser's. */
  #allowed(key: BrowserKey | null): boolean {
    const nowMs = this.#parts.nowMs();
    const name = key?.workstation ?? '';
    const { perS, burst } = key === null ? UNKNOWN_RATE : KNOWN_RATE;
    let rate = this.#rates.get(name);
    if (rate === undefined) {
      if (this.#rates.size >= MAX_RATES) this.#rates.clear();
      rate = new RateLimit(perS, burst, nowMs);
      this.#rates.set(name, rate);
    }
    return rate.take(nowMs);
  }
}
