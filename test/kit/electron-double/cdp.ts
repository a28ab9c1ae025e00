import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

export type Params = Record<string, unknown>;

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Params;
  readonly result?: Params;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

type Hear = (params: Params, sessionId: string | undefined) => void;

/** The DevTools protocol over Chromium's pipe: messages end with a zero byte, both ways. */
export class Cdp {
  readonly #out: Writable;
  readonly #waiting = new Map<number, PromiseWithResolvers<Params>>();
  readonly #listeners = new Map<string, Set<Hear>>();
  #next = 1;
  #rest = Buffer.alloc(0);

  constructor(child: ChildProcess) {
    this.#out = child.stdio[3] as Writable;
    this.#out.on('error', () => {});
    (child.stdio[4] as Readable).on('data', (chunk: Buffer) => this.#take(chunk));
    child.once('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('Chromium ended'));
      this.#waiting.clear();
    });
  }

  send(method: string, params: Params = {}, sessionId?: string): Promise<Params> {
    const id = this.#next;
    this.#next += 1;
    const answer = Promise.withResolvers<Params>();
    this.#waiting.set(id, answer);
    const text = JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) });
    this.#out.write(`${text}\0`);
    return answer.promise;
  }

  on(method: string, hear: Hear): void {
    const set = this.#listeners.get(method) ?? new Set();
    this.#listeners.set(method, set.add(hear));
  }

  #take(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (let end = this.#rest.indexOf(0); end !== -1; end = this.#rest.indexOf(0)) {
      const text = this.#rest.subarray(0, end).toString('utf8');
      this.#rest = this.#rest.subarray(end + 1);
      this.#message(JSON.parse(text) as Answer);
    }
  }

  #message({ id, method, params = {}, result = {}, error, sessionId }: Answer): void {
    if (method !== undefined) {
      for (const hear of this.#listeners.get(method) ?? []) hear(params, sessionId);
      return;
    }
    const waiting = this.#waiting.get(id ?? 0);
    this.#waiting.delete(id ?? 0);
    if (error) waiting?.reject(new Error(error.message));
    else waiting?.resolve(result);
  }
}

/** One target's part of the protocol. */
export class CdpSession {
  readonly #cdp: Cdp;
  readonly id: string;

  constructor(cdp: Cdp, id: string) {
    this.#cdp = cdp;
    this.id = id;
  }

  send(method: string, params: Params = {}): Promise<Params> {
    return this.#cdp.send(method, params, this.id);
  }

  /** Sends what may fail because the target is gone. */
  try(method: string, params: Params = {}): void {
    this.send(method, params).catch(() => {});
  }

  on(method: string, hear: (params: Params) => void): void {
    this.#cdp.on(method, (params, sessionId) => {
      if (sessionId === this.id) hear(params);
    });
  }
}
