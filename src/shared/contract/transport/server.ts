import { assertNever } from '../../lib/assert.ts';
import { type Fault, ok, type Result } from '../../lib/result.ts';
import type { Session } from '../commands.ts';
import type { Backend, Caller } from './backend.ts';
import type { Carrier, LinkTimers } from './carrier.ts';
import { inputFault, readClientFrame } from './client-frame.ts';
import { findOperation, type Operation, refusal } from './operations.ts';
import {
  type CallVerb,
  type ClientFrame,
  LINK_LIMITS,
  type LinkLimits,
  MISSED_HEARTBEATS,
  PROTOCOL,
  type ServerFrame,
} from './protocol.ts';
import { RateLimit } from './rate-limit.ts';
import { ServerWatch } from './server-watch.ts';

export interface ServeOptions {
  readonly backend: Backend;
  readonly workstation: string;
  readonly timers: LinkTimers;
  readonly limits?: Partial<LinkLimits>;
  /** A handler threw: a programmer's mistake. The caller only hears `internal`. */
  readonly onDefect?: (error: unknown, operation: string) => void;
  /** The connection is over, whoever ended it. Called once. */
  readonly onEnd?: () => void;
}

type CallFrame = Extract<ClientFrame, { readonly name: string }>;

interface OpenWatch {
  readonly watch: ServerWatch;
  readonly operation: Operation;
  /** Who started it: the watch is theirs alone. */
  readonly session: Session | null;
  stop: () => void;
}

/** A call or watch that was let in. */
interface Asked {
  readonly operation: Operation;
  readonly input: unknown;
  readonly caller: Caller;
}

const FLOOD: Fault = { code: 'too-many', text: 'too many calls in a short time: slow down' };
const GONE: Fault = { code: 'link-silent', text: 'nothing was heard from the screen' };

/** Serves one connection. Returns the function that ends it, saying why. */
export function serve(carrier: Carrier, options: ServeOptions): (why: Fault) => void {
  const connection = new Connection(carrier, options);
  connection.begin();
  return (why) => connection.end(why);
}

class Connection {
  readonly #carrier: Carrier;
  readonly #options: ServeOptions;
  readonly #limits: LinkLimits;
  readonly #calls = new Map<number, { cancelled: boolean }>();
  readonly #watches = new Map<number, OpenWatch>();
  readonly #rate: RateLimit;
  readonly #messages: RateLimit;
  /** Calls that the engine works on, cancelled ones too. */
  #working = 0;
  #heardMs: number;
  #stopHeartbeat: () => void = () => {};
  #stopRetry: (() => void) | null = null;
  #over = false;

  constructor(carrier: Carrier, options: ServeOptions) {
    this.#carrier = carrier;
    this.#options = options;
    this.#limits = { ...LINK_LIMITS, ...options.limits };
    this.#heardMs = options.timers.nowMs();
    const { ratePerS, rateBurst, messagesPerS } = this.#limits;
    this.#rate = new RateLimit(ratePerS, rateBurst, this.#heardMs);
    this.#messages = new RateLimit(messagesPerS, 2 * messagesPerS, this.#heardMs);
  }

  begin(): void {
    this.#carrier.onClose(() => this.#finish());
    this.#send({ t: 'hello', protocol: PROTOCOL, heartbeatMs: this.#limits.heartbeatMs });
    this.#carrier.onText((text) => this.#take(text));
    if (!this.#over) this.#beat();
  }

  end(why: Fault): void {
    if (this.#over) return;
    this.#send({ t: 'bye', fault: why });
    this.#finish();
    this.#carrier.close();
  }

  #finish(): void {
    if (this.#over) return;
    this.#over = true;
    this.#stopHeartbeat();
    this.#stopRetry?.();
    this.#calls.clear();
    for (const open of this.#watches.values()) {
      open.watch.cancel();
      open.stop();
    }
    this.#watches.clear();
    this.#options.onEnd?.();
  }

  #beat(): void {
    this.#stopHeartbeat = this.#options.timers.after(this.#limits.heartbeatMs, () => {
      const silentMs = this.#options.timers.nowMs() - this.#heardMs;
      if (silentMs >= MISSED_HEARTBEATS * this.#limits.heartbeatMs) {
        this.end(GONE);
      } else {
        this.#send({ t: 'ping' });
        this.#beat();
      }
    });
  }

  #send(frame: ServerFrame): void {
    this.#sendText(JSON.stringify(frame));
  }

  #sendText(text: string): void {
    if (this.#over) return;
    this.#carrier.send(text);
    if (this.#carrier.bufferedAmount() <= this.#limits.closedAtBuffered) return;
    this.#finish();
    this.#carrier.close();
  }

  #caller(): Caller {
    const { backend, workstation } = this.#options;
    return { workstation, session: backend.sessionOf(workstation) };
  }

  #take(text: string): void {
    if (this.#over) return;
    this.#heardMs = this.#options.timers.nowMs();
    const refused = this.#messages.take(this.#heardMs) ? this.#tooLong(text) : FLOOD;
    const frame = refused === null ? readClientFrame(text) : { ok: false as const, fault: refused };
    if (frame.ok) this.#dispatch(frame.value);
    else this.end(frame.fault);
  }

  #tooLong(text: string): Fault | null {
    const { messageChars, bulkMessageChars } = this.#limits;
    if (text.length <= messageChars) return null;
    const role = this.#caller().session?.role;
    const handsIn = role === 'administrator' || role === 'supervisor';
    if (handsIn && text.length <= bulkMessageChars) return null;
    const limit = handsIn ? bulkMessageChars : messageChars;
    return {
      code: 'message-too-long',
      text: `the message has ${text.length} characters; at most ${limit} are taken`,
    };
  }

  #dispatch(frame: ClientFrame): void {
    switch (frame.t) {
      case 'pong':
        return;
      case 'ack':
        this.#ack(frame.id, frame.n);
        return;
      case 'cancel':
        this.#cancel(frame.id);
        return;
      case 'command':
      case 'query':
      case 'watch':
        this.#open(frame, frame.t);
        return;
      default:
        assertNever(frame, 'client frame');
    }
  }

  #ack(id: number, n: number): void {
    const open = this.#watches.get(id);
    if (open !== undefined && this.#stillTheirs(open)) open.watch.ack(n);
  }

  #cancel(id: number): void {
    const call = this.#calls.get(id);
    if (call !== undefined) call.cancelled = true;
    this.#calls.delete(id);
    const open = this.#watches.get(id);
    if (open === undefined) return;
    this.#watches.delete(id);
    open.watch.cancel();
    open.stop();
  }

  #open(frame: CallFrame, verb: CallVerb | 'watch'): void {
    const asked = this.#admit(frame, verb);
    if (this.#over) return;
    if (!asked.ok) {
      const { fault } = asked;
      this.#send(
        verb === 'watch' ? { t: 'end', id: frame.id, fault } : { t: 'fault', id: frame.id, fault },
      );
    } else if (verb === 'watch') {
      this.#watch(frame, asked.value);
    } else {
      void this.#call(frame, verb, asked.value);
    }
  }

  /** Name, then role, then input: who may not use an operation learns nothing about its input. */
  #admit(frame: CallFrame, verb: CallVerb | 'watch'): Result<Asked> {
    const busy = this.#busy(frame.id, verb);
    if (busy !== null) return { ok: false, fault: busy };
    const operation = findOperation(verb, frame.name);
    if (!operation.ok) return operation;
    const caller = this.#caller();
    const refused = refusal(operation.value, caller.session);
    if (refused !== null) return { ok: false, fault: refused };
    const input = operation.value.input.safeParse(frame.input);
    if (!input.success) return inputFault(input.error);
    return ok({ operation: operation.value, input: input.data, caller });
  }

  #busy(id: number, verb: CallVerb | 'watch'): Fault | null {
    if (this.#calls.has(id) || this.#watches.has(id)) {
      this.end({ code: 'bad-message', text: 'the id is in use', where: String(id) });
    }
    if (!this.#rate.take(this.#options.timers.nowMs())) {
      if (this.#rate.flooded) this.end(FLOOD);
      return FLOOD;
    }
    const isWatch = verb === 'watch';
    const open = isWatch ? this.#watches.size : this.#working;
    const limit = isWatch ? this.#limits.openWatches : this.#limits.openCalls;
    if (open < limit) return null;
    const what = isWatch ? 'watches' : 'calls';
    return { code: 'too-many', text: `this screen has ${limit} ${what} open already` };
  }

  async #call(frame: CallFrame, verb: CallVerb, asked: Asked): Promise<void> {
    const call = { cancelled: false };
    this.#calls.set(frame.id, call);
    this.#working += 1;
    const answer = await this.#ask(frame, verb, asked);
    this.#working -= 1;
    if (!this.#over && !call.cancelled) {
      this.#calls.delete(frame.id);
      this.#sendText(answer);
    }
    // A sign-in or sign-out changes what the running watches may show.
    if (verb === 'command') this.#recheck();
  }

  /** The answer as the text of a frame: whatever goes wrong inside becomes a fault. */
  async #ask({ id, name }: CallFrame, verb: CallVerb, asked: Asked): Promise<string> {
    const { input, caller } = asked;
    const encode = (answer: ServerFrame) => JSON.stringify(answer);
    try {
      const result: Result<unknown> = await this.#options.backend[verb](name, input, caller);
      if (!result.ok) return encode({ t: 'fault', id, fault: result.fault });
      return encode({ t: 'ok', id, value: result.value ?? null });
    } catch (error) {
      return encode({ t: 'fault', id, fault: this.#defect(error, name) });
    }
  }

  #defect(error: unknown, operation: string): Fault {
    this.#options.onDefect?.(error, operation);
    return { code: 'internal', text: 'the console made a mistake; it is in its log' };
  }

  #watch({ id, name }: CallFrame, { operation, input, caller }: Asked): void {
    const { timers, backend } = this.#options;
    const watch = new ServerWatch({
      id,
      send: (out) => this.#send(out),
      nowMs: () => timers.nowMs(),
      laggedAfterMs: this.#limits.laggedAfterMs,
      mayLeave: () => this.#mayLeave(),
      onEnd: () => {
        this.#watches.delete(id);
        open.stop();
      },
    });
    const open: OpenWatch = { watch, operation, session: caller.session, stop: () => {} };
    this.#watches.set(id, open);
    try {
      const stop = backend.watch(name, input, caller, {
        update: (update) => {
          if (this.#stillTheirs(open)) watch.update(update);
        },
        end: (fault) => {
          if (this.#stillTheirs(open)) watch.end(fault);
        },
      });
      // It may have ended while it began: then nobody else would stop it.
      if (this.#watches.get(id) === open) open.stop = stop;
      else stop();
    } catch (error) {
      watch.end(this.#defect(error, name));
    }
  }

  #mayLeave(): boolean {
    if (this.#over) return false;
    if (this.#carrier.bufferedAmount() <= this.#limits.heldAtBuffered) return true;
    this.#stopRetry ??= this.#options.timers.after(this.#limits.heldRetryMs, () => {
      this.#stopRetry = null;
      this.#recheck();
      for (const open of this.#watches.values()) open.watch.flush();
    });
    return false;
  }

  #recheck(): void {
    for (const open of this.#watches.values()) this.#stillTheirs(open);
  }

  /** Ends the watch of a person who is no longer the one signed in here. */
  #stillTheirs(open: OpenWatch): boolean {
    if (open.operation.roles === 'anyone') return true;
    const now = this.#caller().session;
    const before = open.session;
    if (now?.user === before?.user && now?.role === before?.role) return true;
    open.watch.revoke({ code: 'session-changed', text: 'somebody else is signed in now' });
    return false;
  }
}
