/**
 * One request at a time to one board, the most urgent first. Replies are matched by function and
 * serial number, and by the numbers they repeat, since the protocol has no request number.
 */
import { must } from '../../../../shared/lib/assert.ts';
import type { Clock } from '../../../../shared/lib/clock.ts';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import { encodeRequest } from '../../../../shared/wire/uhppote/codec.ts';
import type {
  BoardReply,
  MessageName,
  ReplyFields,
  RequestFields,
} from '../../../../shared/wire/uhppote/messages.ts';
import { RoundTrips } from '../round-trips.ts';
import type { Timer, Timers } from '../timers.ts';
import { answers } from './answers.ts';
import type { Pace } from './pace.ts';
import { limits, type UhppoteTiming } from './timing.ts';

/** Most urgent first. `live` reads a pushed event back. */
export const urgencies = ['command', 'live', 'status', 'backlog', 'housekeeping'] as const;
export type Urgency = (typeof urgencies)[number];

/** Somebody waits for it at a gate. */
function isUrgent(urgency: Urgency): boolean {
  return urgency === 'command' || urgency === 'live';
}

export interface RequestOptions {
  readonly urgency: Urgency;
  readonly timeoutMs: number;
  /** Past this moment (monotonic ms) the request is not sent any more: fault `expired`. */
  readonly deadlineMonoMs?: number | undefined;
  /** Called when the bytes leave. */
  readonly onSent?: (() => void) | undefined;
}

interface Waiting {
  readonly name: MessageName;
  readonly fields: RequestFields<MessageName>;
  readonly options: RequestOptions;
  readonly settle: (result: Result<BoardReply>) => void;
}

interface InFlight extends Waiting {
  readonly sentMonoMs: number;
  readonly timer: Timer;
}

/** A request given up, whose reply may still come and must not be taken for another's. */
interface Owed {
  readonly name: MessageName;
  readonly fields: RequestFields<MessageName>;
  readonly untilMonoMs: number;
}

/** A reply that was taken, whose second copy may still come and must not answer another request. */
interface Taken {
  readonly name: MessageName;
  readonly asked: string;
  readonly said: string;
  readonly untilMonoMs: number;
}

/** How long a late reply, or the second copy of one, is recognised as such. */
export const OWED_MS = 2000;
const OWED_LIMIT = 32;

export interface ExchangeDeps {
  readonly serial: number;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly timing: UhppoteTiming;
  /** Shared by all boards: how many requests may leave that nobody waits for at a gate. */
  readonly pace: Pace;
  readonly send: (bytes: Uint8Array) => void;
  /** One more command or live read waits for its answer, or one less. */
  readonly onAwaited: (change: 1 | -1) => void;
}

export class Exchange {
  readonly trips: RoundTrips;
  readonly #deps: ExchangeDeps;
  readonly #queues = new Map<Urgency, Waiting[]>(urgencies.map((urgency) => [urgency, []]));
  #inFlight: InFlight | null = null;
  #yieldTimer: Timer | null = null;
  #owed: Owed[] = [];
  #taken: Taken[] = [];
  /** What may be the second copy of an earlier reply: taken only where no other one comes. */
  #doubted: BoardReply | null = null;
  /** A turn of the pace is waited for, or was given and not used yet. */
  #turn: 'waited' | 'given' | null = null;
  #closed = false;

  constructor(deps: ExchangeDeps) {
    this.#deps = deps;
    this.trips = new RoundTrips(() => deps.clock.monoMs());
  }

  /**
   * Asks the board. Faults: `timeout`, `abandoned` (a command came first), `expired` (never sent),
   * `full` (too many wait), `closed`. A timed-out request may still have reached the board.
   */
  async request<N extends MessageName>(
    name: N,
    fields: RequestFields<N>,
    options: RequestOptions,
  ): Promise<Result<ReplyFields<N>>> {
    const isAwaited = isUrgent(options.urgency);
    if (isAwaited) this.#deps.onAwaited(1);
    const reply = await new Promise<Result<BoardReply>>((settle) => {
      this.#enqueue({ name, fields, options, settle });
    });
    if (isAwaited) this.#deps.onAwaited(-1);
    return reply.ok ? ok(reply.value.fields as ReplyFields<N>) : reply;
  }

  #enqueue(waiting: Waiting): void {
    if (this.#closed) {
      waiting.settle(fail('closed', 'the driver of this board has stopped'));
      return;
    }
    const { urgency } = waiting.options;
    const queue = this.#queue(urgency);
    const limit = urgency === 'command' ? limits.commands : limits.requests;
    if (queue.length >= limit) {
      waiting.settle(fail('full', `${limit} requests already wait for this board`));
      return;
    }
    queue.push(waiting);
    if (this.#inFlight === null) this.#sendNext();
    else if (urgency === 'command') this.#pressOn();
  }

  #queue(urgency: Urgency): Waiting[] {
    return must(this.#queues.get(urgency), `queue ${urgency}`);
  }

  /** A command waits behind a request: housekeeping goes at once, a read after a short grace. */
  #pressOn(): void {
    const flying = this.#inFlight;
    if (flying === null || flying.options.urgency === 'command') return;
    const { clock, timers, timing } = this.#deps;
    const graceMs = flying.options.urgency === 'housekeeping' ? 0 : timing.yieldAfterMs;
    const leftMs = flying.sentMonoMs + graceMs - clock.monoMs();
    if (leftMs <= 0) {
      this.#giveUp(fail('abandoned', 'a command came first'));
      return;
    }
    if (this.#yieldTimer !== null) return;
    this.#yieldTimer = timers.after(leftMs, () => {
      this.#yieldTimer = null;
      if (this.#inFlight === flying) this.#giveUp(fail('abandoned', 'a command came first'));
    });
  }

  #giveUp(result: Result<BoardReply>): void {
    const flying = this.#inFlight;
    if (flying === null) return;
    const untilMonoMs = this.#deps.clock.monoMs() + OWED_MS;
    this.#owed.push({ name: flying.name, fields: flying.fields, untilMonoMs });
    if (this.#owed.length > OWED_LIMIT) this.#owed.shift();
    this.#land(flying, result);
  }

  #land(flying: InFlight, result: Result<BoardReply>): void {
    flying.timer.cancel();
    this.#yieldTimer?.cancel();
    this.#yieldTimer = null;
    this.#inFlight = null;
    this.#doubted = null;
    flying.settle(result);
    this.#sendNext();
  }

  #sendNext(): void {
    if (this.#closed || this.#inFlight !== null) return;
    for (const urgency of urgencies) {
      const queue = this.#queue(urgency);
      if (queue.length === 0) continue;
      if (isUrgent(urgency)) this.#deps.pace.spend();
      else if (!this.#mayLeave()) return;
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        if (this.#send(next)) return;
      }
    }
  }

  #mayLeave(): boolean {
    const { pace } = this.#deps;
    if (this.#turn === 'given') {
      this.#turn = null;
      return true;
    }
    if (this.#turn === null && pace.take()) return true;
    if (this.#turn === null) {
      this.#turn = 'waited';
      pace.wait(() => this.#onTurn());
    }
    return false;
  }

  #onTurn(): void {
    this.#turn = 'given';
    this.#sendNext();
    // A command went first, or nothing waits any more.
    if (this.#turn !== 'given') return;
    this.#turn = null;
    this.#deps.pace.giveBack();
  }

  #send(next: Waiting): boolean {
    const { clock, timers, serial, send } = this.#deps;
    const nowMs = clock.monoMs();
    if (next.options.deadlineMonoMs !== undefined && nowMs > next.options.deadlineMonoMs) {
      next.settle(fail('expired', 'its time had passed before it could be sent'));
      return false;
    }
    const timer = timers.after(next.options.timeoutMs, () => {
      const flying = this.#inFlight;
      if (flying?.timer !== timer) return;
      if (this.#doubted !== null) {
        this.#land(flying, ok(this.#doubted));
        return;
      }
      this.trips.lost();
      this.#giveUp(fail('timeout', `no answer within ${next.options.timeoutMs} ms`));
    });
    this.#inFlight = { ...next, sentMonoMs: nowMs, timer };
    send(encodeRequest(next.name, serial, next.fields));
    next.options.onSent?.();
    return true;
  }

  /** Takes a reply. True where it answered the request on its way. */
  onReply(reply: BoardReply): boolean {
    const flying = this.#inFlight;
    const fit = flying === null ? 'no' : answers(flying.name, flying.fields, reply);
    const late = fit !== 'surely' && this.#payOff(reply);
    if (flying === null || fit === 'no' || late) return false;
    if (fit === 'perhaps' && this.#isSecondCopy(flying, reply)) {
      this.#doubted = reply;
      return true;
    }
    this.#remember(flying, reply);
    this.trips.answered(this.#deps.clock.monoMs() - flying.sentMonoMs);
    this.#land(flying, ok(reply));
    return true;
  }

  /** True for the very reply that another request was answered by a moment ago. */
  #isSecondCopy(flying: InFlight, reply: BoardReply): boolean {
    const nowMs = this.#deps.clock.monoMs();
    this.#taken = this.#taken.filter((taken) => taken.untilMonoMs > nowMs);
    const asked = JSON.stringify(flying.fields);
    const said = JSON.stringify(reply.fields);
    return this.#taken.some(
      (taken) => taken.name === reply.name && taken.said === said && taken.asked !== asked,
    );
  }

  /** Only events can be mistaken for another's: every other reply says what it answers. */
  #remember({ name, fields }: InFlight, reply: BoardReply): void {
    if (name !== 'get-event') return;
    const asked = JSON.stringify(fields);
    const said = JSON.stringify(reply.fields);
    const untilMonoMs = this.#deps.clock.monoMs() + OWED_MS;
    this.#taken.push({ name, asked, said, untilMonoMs });
    if (this.#taken.length > OWED_LIMIT) this.#taken.shift();
  }

  /** True where the reply is the late one to a request that was given up; it is then forgotten. */
  #payOff(reply: BoardReply): boolean {
    const nowMs = this.#deps.clock.monoMs();
    this.#owed = this.#owed.filter((owed) => owed.untilMonoMs > nowMs);
    const at = this.#owed.findIndex((owed) => answers(owed.name, owed.fields, reply) === 'surely');
    if (at >= 0) this.#owed.splice(at, 1);
    return at >= 0;
  }

  /** Ends everything that waits or is on its way with `closed`. */
  close(): void {
    this.#closed = true;
    const flying = this.#inFlight;
    if (flying !== null) this.#land(flying, fail('closed', 'the driver of this board has stopped'));
    for (const queue of this.#queues.values()) {
      for (const waiting of queue.splice(0)) {
        waiting.settle(fail('closed', 'the driver of this board has stopped'));
      }
    }
  }
}
