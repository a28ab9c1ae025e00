import { assertNever } from '../../lib/assert.ts';
import type { Fault } from '../../lib/result.ts';
import { CallError, type CancelSignal, type LinkState } from '../client.ts';
import type { Carrier, LinkTimers } from './carrier.ts';
import { ClientCall } from './client-call.ts';
import { ClientLink } from './client-link.ts';
import { ClientWatch, type RawHandlers } from './client-watch.ts';
import { type CallVerb, type ClientFrame, LINK_LIMITS, type ServerFrame } from './protocol.ts';

/** The three verbs without the contract's types: names and values are the caller's affair. */
export interface RawClient {
  command(name: string, input: unknown, signal?: CancelSignal): Promise<unknown>;
  query(name: string, input: unknown, signal?: CancelSignal): Promise<unknown>;
  watch(name: string, input: unknown, handlers: RawHandlers): () => void;
  onLink(listener: (state: LinkState) => void): () => void;
  /** Ends the connection for good: rejects all calls, ends all watches. */
  close(): void;
}

export interface ClientOptions {
  /** How long a call waits for its answer; a report over a whole day takes seconds. */
  readonly callTimeoutMs?: number;
  /** A handler of a watch failed; thrown to nobody when left out, so that it is seen. */
  readonly onHandlerError?: (error: unknown) => void;
}

const CALL_TIMEOUT_MS = 30_000;
const NOT_LINKED: Fault = {
  code: 'not-linked',
  text: 'there is no link to the console just now: nothing was done',
};
const CLOSED: Fault = { code: 'closed', text: 'the connection was closed' };

/**
 * The screen's side of the three-verb protocol over whatever `connect` gives. Reconnects for as
 * long as it is not closed; watches then get a new snapshot. A query waits for the link. A command
 * never does: what a person asked for is done now or refused, since a gate must not open late.
 */
export function createRawClient(
  connect: () => Promise<Carrier>,
  timers: LinkTimers,
  options: ClientOptions = {},
): RawClient {
  return new Client(connect, timers, options);
}

class Client implements RawClient {
  readonly #link: ClientLink;
  readonly #timers: LinkTimers;
  readonly #options: ClientOptions;
  readonly #calls = new Map<number, ClientCall>();
  /** Queries that wait for the link. */
  readonly #waiting = new Map<number, ClientCall>();
  readonly #watches = new Map<number, ClientWatch>();
  readonly #listeners = new Set<(state: LinkState) => void>();
  #nextId = 1;
  #closed = false;

  constructor(connect: () => Promise<Carrier>, timers: LinkTimers, options: ClientOptions) {
    this.#timers = timers;
    this.#options = options;
    this.#link = new ClientLink({
      connect,
      timers,
      onFrame: (frame) => this.#take(frame),
      onState: (state, why) => this.#linkChanged(state, why),
    });
    void this.#link.open();
  }

  command(name: string, input: unknown, signal?: CancelSignal): Promise<unknown> {
    return this.#call('command', name, input, signal);
  }

  query(name: string, input: unknown, signal?: CancelSignal): Promise<unknown> {
    return this.#call('query', name, input, signal);
  }

  #call(verb: CallVerb, name: string, input: unknown, signal?: CancelSignal): Promise<unknown> {
    const refused = this.#refusal(verb, signal);
    if (refused !== null) return Promise.reject(new CallError(refused));
    const id = this.#id();
    const call = new ClientCall({
      verb,
      name,
      input,
      signal,
      timers: this.#timers,
      timeoutMs: this.#options.callTimeoutMs ?? CALL_TIMEOUT_MS,
      onAbandon: () => {
        if (this.#calls.has(id)) this.#send({ t: 'cancel', id });
      },
      onSettled: () => {
        this.#calls.delete(id);
        this.#waiting.delete(id);
      },
    });
    if (this.#link.state === 'open') this.#start(id, call);
    else this.#waiting.set(id, call);
    return call.promise;
  }

  watch(name: string, input: unknown, handlers: RawHandlers): () => void {
    const id = this.#id();
    const watch = new ClientWatch(name, input, handlers, (error) => this.#handlerFailed(error));
    this.#watches.set(id, watch);
    if (this.#closed) this.#end(id, CLOSED);
    else this.#send({ t: 'watch', id, name, input });
    return () => {
      // Its id is another one after a reconnect.
      const open = [...this.#watches].find(([, other]) => other === watch);
      watch.stop();
      if (open === undefined) return;
      this.#watches.delete(open[0]);
      this.#send({ t: 'cancel', id: open[0] });
    };
  }

  onLink(listener: (state: LinkState) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#link.state);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#link.close();
    this.#rejectAll(this.#calls, CLOSED);
    this.#rejectAll(this.#waiting, CLOSED);
    for (const id of this.#watches.keys()) this.#end(id, CLOSED);
    for (const listener of this.#listeners) listener('lost');
  }

  #refusal(verb: CallVerb, signal: CancelSignal | undefined): Fault | null {
    if (this.#closed) return CLOSED;
    if (signal?.aborted) return { code: 'cancelled', text: 'the call was called off' };
    if (verb === 'command' && this.#link.state !== 'open') return NOT_LINKED;
    if (this.#calls.size + this.#waiting.size < LINK_LIMITS.openCalls) return null;
    return { code: 'too-many', text: 'too many calls wait for the console already' };
  }

  #id(): number {
    this.#nextId += 1;
    return this.#nextId - 1;
  }

  #start(id: number, call: ClientCall): void {
    const text = JSON.stringify({ t: call.verb, id, name: call.name, input: call.input });
    if (text.length > LINK_LIMITS.bulkMessageChars) {
      call.fail({ code: 'message-too-long', text: 'this is too much to send at once' });
      return;
    }
    this.#calls.set(id, call);
    this.#link.send(text);
  }

  #send(frame: ClientFrame): void {
    this.#link.send(JSON.stringify(frame));
  }

  #take(frame: ServerFrame): void {
    switch (frame.t) {
      case 'ok':
        this.#calls.get(frame.id)?.succeed(frame.value);
        return;
      case 'fault':
        this.#calls.get(frame.id)?.fail(frame.fault);
        return;
      case 'update': {
        const { id, n } = frame;
        this.#watches.get(id)?.update(frame, () => this.#send({ t: 'ack', id, n }));
        return;
      }
      case 'lagged':
        this.#watches.get(frame.id)?.lagged();
        return;
      case 'end':
        this.#end(frame.id, frame.fault);
        return;
      case 'hello':
      case 'ping':
      case 'bye':
        // The link's own.
        return;
      default:
        assertNever(frame, 'server frame');
    }
  }

  #end(id: number, fault: Fault | null): void {
    this.#watches.get(id)?.end(fault);
    this.#watches.delete(id);
  }

  #linkChanged(state: LinkState, why: Fault): void {
    if (state === 'open') this.#resume();
    else this.#rejectAll(this.#calls, why);
    for (const listener of this.#listeners) listener(state);
  }

  /** A new connection: watches start anew under new ids, queries that waited are asked. */
  #resume(): void {
    const watches = [...this.#watches.values()];
    this.#watches.clear();
    for (const watch of watches) {
      const id = this.#id();
      watch.linkLost();
      this.#watches.set(id, watch);
      this.#send({ t: 'watch', id, name: watch.name, input: watch.input });
    }
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const [id, call] of waiting) this.#start(id, call);
  }

  #rejectAll(calls: Map<number, ClientCall>, why: Fault): void {
    const open = [...calls.values()];
    calls.clear();
    for (const call of open) call.fail(why);
  }

  #handlerFailed(error: unknown): void {
    if (this.#options.onHandlerError) {
      this.#options.onHandlerError(error);
      return;
    }
    this.#timers.after(0, () => {
      throw error;
    });
  }
}
