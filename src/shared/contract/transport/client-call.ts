import type { Fault } from '../../lib/result.ts';
import { CallError, type CancelSignal } from '../client.ts';
import type { LinkTimers } from './carrier.ts';
import type { CallVerb } from './protocol.ts';

export interface ClientCallParts {
  readonly verb: CallVerb;
  readonly name: string;
  readonly input: unknown;
  readonly timers: LinkTimers;
  readonly timeoutMs: number;
  readonly signal: CancelSignal | undefined;
  /** The caller or the time-out gave it up: the engine need not answer. */
  readonly onAbandon: () => void;
  /** Called once, when the call is settled in whatever way. */
  readonly onSettled: () => void;
}

/**
 * One call on its way: settled exactly once, by the answer, its time-out, its signal or the link.
 */
export class ClientCall {
  readonly verb: CallVerb;
  readonly name: string;
  readonly input: unknown;
  readonly promise: Promise<unknown>;
  readonly #parts: ClientCallParts;
  readonly #resolve: (value: unknown) => void;
  readonly #reject: (error: CallError) => void;
  readonly #stopTimer: () => void;
  readonly #onAbort = () => this.#abandon('cancelled', 'the call was called off');
  #settled = false;

  constructor(parts: ClientCallParts) {
    this.#parts = parts;
    this.verb = parts.verb;
    this.name = parts.name;
    this.input = parts.input;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.promise = promise;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#stopTimer = parts.timers.after(parts.timeoutMs, () => {
      const seconds = Math.round(parts.timeoutMs / 1000);
      this.#abandon('timeout', `the console did not answer within ${seconds} s`);
    });
    parts.signal?.addEventListener('abort', this.#onAbort);
  }

  succeed(value: unknown): void {
    if (this.#settle()) this.#resolve(value);
  }

  fail(fault: Fault): void {
    if (this.#settle()) this.#reject(new CallError(fault));
  }

  #abandon(code: string, text: string): void {
    if (this.#settled) return;
    this.#parts.onAbandon();
    this.fail({ code, text });
  }

  #settle(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    this.#stopTimer();
    this.#parts.signal?.removeEventListener('abort', this.#onAbort);
    this.#parts.onSettled();
    return true;
  }
}
