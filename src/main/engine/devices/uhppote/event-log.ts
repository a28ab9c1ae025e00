/**
 * The board's event log as we follow it. A pushed event is only a hint that an index exists: every
 * record is read from the board before it is handed in, so that a forged push can admit nobody.
 *
 * `top` is the highest index handed in or listed as missing. What the board made before we
 * connected is backlog; what comes after is live at once, while the backlog drains beside it.
 */
import {
  type EventFields,
  LAST_EVENT,
  OVERWRITTEN,
} from '../../../../shared/wire/uhppote/messages.ts';
import type { BoardEvent, Delivery } from '../ports.ts';
import { pause } from '../timers.ts';
import { BacklogReader } from './backlog.ts';
import type { BoardContext } from './context.ts';
import { OWED_MS } from './exchange.ts';
import { isHeld, readFirst } from './first-event.ts';
import { Gaps, type Range } from './gaps.ts';
import { limits } from './timing.ts';
import { translate } from './translate.ts';

/** Failed reads of one index before it is listed as missing and left behind. */
const TRIES = 3;

/** The oldest and the newest event that a board holds. */
interface Ends {
  readonly first: EventFields;
  readonly last: EventFields;
}

export class EventLog {
  readonly #context: BoardContext;
  readonly #onEvent: (event: BoardEvent) => void;
  readonly #missing: Gaps;
  readonly #backlog: BacklogReader;
  #top: number;
  /** Highest index that a push or a status spoke of. */
  #target = 0;
  /** The same, and kept where its event could not be read. */
  #spoken = 0;
  #pushed = new Set<number>();
  #connected = false;
  #running = false;
  #inOrder = true;
  #tries = 0;
  #notDurable = 0;
  /** How the doors stand was told: what happened at them before may follow. */
  #mayFetch = false;
  #connectWanted: ((connected: boolean) => void) | null = null;

  /** `onEvent`: what is live; `onPast`: what comes out of the board's memory. */
  constructor(
    context: BoardContext,
    onEvent: (event: BoardEvent) => void,
    onPast: (event: BoardEvent) => void,
  ) {
    this.#context = context;
    this.#onEvent = onEvent;
    this.#top = context.setUp.lastIndex;
    this.#missing = new Gaps(limits.gaps, context.setUp.gaps);
    this.#backlog = new BacklogReader(context, this.#missing, onPast);
  }

  lastIndex(): number {
    return this.#top;
  }

  /** The highest index that the board has spoken of, handed in or not. */
  spokenIndex(): number {
    return Math.max(this.#top, this.#spoken);
  }

  /** True where all events up to this one, and whatever was heard of, are in the journal. */
  isTold(index: number): boolean {
    return index <= this.#top && this.#target <= this.#top && this.#notDurable === 0;
  }

  missing(): number {
    return this.#missing.count();
  }

  /** Declared lost: not asked for any more. */
  giveUp(ranges: readonly Range[]): void {
    for (const { from, to } of ranges) this.#missing.remove(from, to);
  }

  /** Finds what the board holds, lists what we missed, begins to follow. False: no answer. */
  connect(): Promise<boolean> {
    this.#connectWanted?.(false);
    return new Promise((resolve) => {
      this.#connectWanted = resolve;
      void this.#run();
    });
  }

  /** From here on what is missing is read from the board's memory, until it is away again. */
  fetchMissing(): void {
    this.#mayFetch = true;
    if (this.#connected) this.#backlog.start();
  }

  #fetch(): void {
    if (this.#mayFetch) this.#backlog.start();
  }

  disconnect(): void {
    this.#connected = false;
    this.#mayFetch = false;
    this.#backlog.stop();
  }

  /** A push or a status reply spoke of this index as the board's newest. */
  hint(index: number, delivery: Exclude<Delivery, 'backlog'>): void {
    if (!this.#connected || index <= this.#top) return;
    if (delivery === 'pushed' && this.#pushed.size < limits.liveWindow) this.#pushed.add(index);
    this.#target = Math.max(this.#target, index);
    this.#spoken = Math.max(this.#spoken, index);
    void this.#run();
  }

  /** One worker at a time: connecting and following never overlap. */
  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (;;) {
        const wanted = this.#connectWanted;
        if (wanted !== null) {
          this.#connectWanted = null;
          wanted(await this.#connectNow());
        } else if (this.#connected && this.#target > this.#top) {
          await this.#follow();
        } else {
          break;
        }
      }
    } finally {
      this.#running = false;
    }
  }

  async #read(index: number, urgency: 'live' | 'status'): Promise<EventFields | null> {
    const { exchange, timing } = this.#context;
    const timeoutMs = timing.readTimeoutMs;
    const read = await exchange.request('get-event', { index }, { urgency, timeoutMs });
    return read.ok ? read.value : null;
  }

  async #connectNow(): Promise<boolean> {
    const before = this.#top;
    const ends = await this.#ends();
    if (ends === null) return false;
    if (ends.last.index < before) {
      const again = await this.#endsIfCleared(before);
      if (again === null) return false;
      await this.#cleared();
      await this.#begin(again);
    } else if (this.#connected) {
      // A late reply made it look cleared: what is new is live, as ever.
      this.#target = Math.max(this.#target, ends.last.index);
    } else {
      await this.#begin(ends);
    }
    return true;
  }

  async #begin({ first, last }: Ends): Promise<void> {
    await this.#lose(first.index);
    await this.#listMissing(Math.max(this.#top + 1, first.index), last.index);
    this.#top = Math.max(this.#top, last.index);
    this.#target = this.#top;
    this.#pushed.clear();
    this.#inOrder = true;
    this.#connected = true;
    this.#fetch();
  }

  /** The board's oldest and newest event; null where it does not answer surely. */
  async #ends(): Promise<Ends | null> {
    const read = (index: number) => this.#read(index, 'status');
    const last = await read(LAST_EVENT);
    const first = last === null ? null : await readFirst(read);
    return last === null || first === null ? null : { first, last };
  }

  /**
   * The board's ends where it does not have the event that we read last; null where it has, or is
   * not sure. What seems its answer may be the second copy of another reply, even twice: so it is
   * asked once more when no copy of what it said until now can still come.
   */
  async #endsIfCleared(before: number): Promise<Ends | null> {
    const isGone = async () => {
      const newest = await this.#read(before, 'status');
      return newest !== null && !isHeld(newest, before);
    };
    if (!(await isGone())) return null;
    await pause(this.#context.timers, OWED_MS);
    const ends = await this.#ends();
    return ends !== null && ends.last.index < before && (await isGone()) ? ends : null;
  }

  /** The board's newest index is below ours: it was cleared and counts from 1 again. */
  async #cleared(): Promise<void> {
    const { sink, setUp } = this.#context;
    const next = this.#top + 1;
    this.#missing.add(next, next);
    const lost = this.#missing.clear();
    this.#top = 0;
    this.#spoken = 0;
    for (const [i, range] of lost.entries()) {
      const text = `board ${setUp.board} was cleared: what it had not handed over is lost`;
      const cleared = i === lost.length - 1 ? true : undefined;
      await sink.report({ kind: 'lost', board: setUp.board, ...range, text, cleared });
    }
  }

  /** What we still wanted below the board's first index is overwritten. */
  async #lose(first: number): Promise<void> {
    const { sink, setUp } = this.#context;
    if (first === 0) return;
    this.#missing.add(this.#top + 1, first - 1);
    for (const range of this.#missing.remove(0, first - 1)) {
      const text = `board ${setUp.board} has overwritten events ${range.from}-${range.to}`;
      await sink.report({ kind: 'lost', board: setUp.board, ...range, text });
    }
    this.#top = Math.max(this.#top, first - 1);
  }

  /** Durable before any later event is handed in, so that a restart asks for them again. */
  async #listMissing(from: number, to: number): Promise<void> {
    if (to < from) return;
    const { sink, setUp } = this.#context;
    this.#missing.add(from, to);
    await sink.report({ kind: 'gap', board: setUp.board, from, to });
  }

  async #follow(): Promise<void> {
    if (this.#target - this.#top > limits.liveRun) {
      await this.#leap();
      return;
    }
    const index = this.#top + 1;
    const event = await this.#read(index, 'live');
    if (!this.#connected || index !== this.#top + 1) return;
    if (event === null) await this.#unread(index);
    else if (event.type === OVERWRITTEN) await this.#overwritten(index);
    else if (event.index !== index) await this.#phantom(this.#top);
    else await this.#take(event);
  }

  /** Too many at once to be live: from here on they are backlog. */
  async #leap(): Promise<void> {
    const last = await this.#read(LAST_EVENT, 'live');
    if (last === null) {
      this.#target = this.#top;
    } else if (last.index - this.#top > limits.liveRun) {
      await this.#listMissing(this.#top + 1, last.index);
      this.#top = last.index;
      this.#target = Math.max(this.#top, this.#target);
      this.#fetch();
    } else if (last.index < this.#target) {
      await this.#phantom(last.index);
    }
  }

  /** No answer: the next status hints again; after a few tries the index is left to the backlog. */
  async #unread(index: number): Promise<void> {
    this.#tries += 1;
    if (this.#tries < TRIES) {
      this.#target = this.#tries === 1 ? this.#target : this.#top;
      return;
    }
    this.#tries = 0;
    await this.#listMissing(index, index);
    this.#top = index;
    this.#inOrder = false;
    this.#fetch();
  }

  /** Somebody spoke of an event that the board does not have. */
  async #phantom(last: number): Promise<void> {
    const { timers, timing, onGarbage } = this.#context;
    onGarbage();
    this.#pushed.clear();
    this.#target = Math.max(last, this.#top);
    this.#spoken = this.#target;
    await pause(timers, timing.phantomHoldMs);
  }

  /** The board wrote over it before we could read it (it then answers index 0, type FF). */
  async #overwritten(index: number): Promise<void> {
    const { sink, setUp } = this.#context;
    this.#tries = 0;
    this.#top = index;
    this.#inOrder = false;
    const text = `board ${setUp.board} has overwritten event ${index}`;
    await sink.report({ kind: 'lost', board: setUp.board, from: index, to: index, text });
  }

  async #take(event: EventFields): Promise<void> {
    const { setUp, boardClock, clock } = this.#context;
    this.#tries = 0;
    this.#top = event.index;
    const nowMs = clock.wallMs();
    const report = translate(event, {
      board: setUp.board,
      badgeNumbers: setUp.badgeNumbers,
      delivery: this.#pushed.delete(event.index) ? 'pushed' : 'polled',
      inOrder: this.#inOrder,
      ageMs: boardClock.ageMs(event.index, event.at ?? nowMs),
      nowMs,
    });
    this.#inOrder = true;
    this.#onEvent(report);
    await this.#handIn(report);
  }

  /** Live events do not wait for the disk one by one, but only so many may be under way. */
  async #handIn(report: BoardEvent): Promise<void> {
    this.#notDurable += 1;
    const durable = this.#context.sink.report(report).finally(() => {
      this.#notDurable -= 1;
    });
    if (this.#notDurable >= limits.liveWindow) await durable;
  }
}
