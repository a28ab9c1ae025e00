/**
 * Reads what is missing from a board's event log, lowest index first, at the urgency below every
 * live read and command, and never further ahead of the journal than a small window.
 */
import { type EventFields, OVERWRITTEN } from '../../../../shared/wire/uhppote/messages.ts';
import type { BoardEvent } from '../ports.ts';
import { pause } from '../timers.ts';
import type { BoardContext } from './context.ts';
import { readFirst } from './first-event.ts';
import type { Gaps } from './gaps.ts';
import { limits } from './timing.ts';
import { translate } from './translate.ts';

/** Events read in one turn before another board has its turn. */
const TURN = 64;

export class BacklogReader {
  readonly #context: BoardContext;
  readonly #missing: Gaps;
  readonly #onPast: (event: BoardEvent) => void;
  #wanted = false;
  #running = false;
  #handedIn: Promise<void>[] = [];

  constructor(context: BoardContext, missing: Gaps, onPast: (event: BoardEvent) => void) {
    this.#context = context;
    this.#missing = missing;
    this.#onPast = onPast;
  }

  start(): void {
    this.#wanted = true;
    void this.#run();
  }

  stop(): void {
    this.#wanted = false;
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    const { backlogSlots } = this.#context;
    while (this.#wanted && this.#missing.lowest() !== null) {
      await backlogSlots.take();
      try {
        await this.#turn();
      } finally {
        backlogSlots.give();
      }
    }
    this.#running = false;
  }

  async #turn(): Promise<void> {
    for (let i = 0; i < TURN && this.#wanted; i += 1) {
      const index = this.#missing.lowest();
      if (index === null) break;
      const event = await this.#readSurely(index);
      if (!this.#missing.has(index)) continue;
      if (event === null) await pause(this.#context.timers, this.#context.timing.retryAfterMs);
      else if (event.index !== index || event.type === OVERWRITTEN) await this.#gone(index);
      else await this.#take(event);
    }
    await Promise.all(this.#handedIn.splice(0));
  }

  async #read(index: number): Promise<EventFields | null> {
    const { exchange, timing } = this.#context;
    const options = { urgency: 'backlog', timeoutMs: timing.readTimeoutMs } as const;
    const read = await exchange.request('get-event', { index }, options);
    return read.ok ? read.value : null;
  }

  /** Another index than asked for may be a late reply: only twice in a row does it count. */
  async #readSurely(index: number): Promise<EventFields | null> {
    const event = await this.#read(index);
    return event === null || event.index === index ? event : this.#read(index);
  }

  async #take(event: EventFields): Promise<void> {
    const { clock, sink, setUp, boardClock } = this.#context;
    this.#missing.remove(event.index, event.index);
    const nowMs = clock.wallMs();
    const report = translate(event, {
      board: setUp.board,
      badgeNumbers: setUp.badgeNumbers,
      delivery: 'backlog',
      inOrder: false,
      ageMs: boardClock.ageMs(event.index, event.at ?? nowMs),
      nowMs,
    });
    this.#onPast(report);
    this.#handedIn.push(sink.report(report));
    if (this.#handedIn.length >= limits.backlogWindow) await this.#handedIn.shift();
  }

  /** The board no longer has it: all that is missing below its first index is lost. */
  async #gone(index: number): Promise<void> {
    const { sink, setUp, timers, timing } = this.#context;
    const first = await readFirst((one) => this.#read(one));
    if (first === null) {
      await pause(timers, timing.retryAfterMs);
      return;
    }
    for (const range of this.#missing.remove(index, Math.max(index, first.index - 1))) {
      const text = `board ${setUp.board} no longer has events ${range.from}-${range.to}`;
      await sink.report({ kind: 'lost', board: setUp.board, ...range, text });
    }
  }
}
