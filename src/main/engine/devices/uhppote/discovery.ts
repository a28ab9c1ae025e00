/**
 * Looks for boards that the site file does not name: every board answers a get-device that carries
 * no serial number. Who answers is listed for people to see, and nothing else is ever sent to it.
 */
import type { Clock } from '../../../../shared/lib/clock.ts';
import { encodeRequest } from '../../../../shared/wire/uhppote/codec.ts';
import type { UnlistedBoard } from '../ports.ts';
import type { Timer, Timers } from '../timers.ts';
import type { Answered, UhppoteTransport } from './transport.ts';

/** The serial number that every board answers to. */
export const EVERY_BOARD = 0;

const EVERY_MS = 300_000;
/** Answers that come later than this belong to no question of ours. */
const ANSWER_WITHIN_MS = 10_000;
/** A board that missed so many rounds is gone. */
const ROUNDS_KEPT = 3;
/** Anybody on the network can claim to be a board: so many are listed. */
const MAX_LISTED = 64;

export interface DiscoveryOptions {
  readonly transport: Pick<UhppoteTransport, 'broadcast' | 'hearOthers'>;
  /** Where to ask: a broadcast address. */
  readonly at: { readonly address: string; readonly port: number };
  readonly clock: Clock;
  readonly timers: Timers;
  readonly everyMs?: number | undefined;
}

export class Discovery {
  readonly #options: DiscoveryOptions;
  readonly #everyMs: number;
  readonly #found = new Map<number, UnlistedBoard>();
  #timer: Timer | null = null;
  #askedMonoMs = Number.NEGATIVE_INFINITY;

  constructor(options: DiscoveryOptions) {
    this.#options = options;
    this.#everyMs = options.everyMs ?? EVERY_MS;
  }

  start(): void {
    this.#options.transport.hearOthers((answered) => this.#take(answered));
    this.#ask();
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  /** Boards that answered of late and stand in no site file of ours. */
  found(): readonly UnlistedBoard[] {
    const oldestMs = this.#options.clock.monoMs() - ROUNDS_KEPT * this.#everyMs;
    for (const [serial, { heardMonoMs }] of this.#found) {
      if (heardMonoMs < oldestMs) this.#found.delete(serial);
    }
    return [...this.#found.values()];
  }

  #ask(): void {
    const { at, clock, timers, transport } = this.#options;
    this.#askedMonoMs = clock.monoMs();
    transport.broadcast(at, encodeRequest('get-device', EVERY_BOARD, {}));
    this.#timer = timers.after(this.#everyMs, () => this.#ask());
  }

  #take({ serial, address, port, version }: Answered): boolean {
    const nowMs = this.#options.clock.monoMs();
    if (nowMs - this.#askedMonoMs > ANSWER_WITHIN_MS) return false;
    if (!this.#found.has(serial) && this.#found.size >= MAX_LISTED) return false;
    this.#found.set(serial, { serial: String(serial), address, port, version, heardMonoMs: nowMs });
    return true;
  }
}
