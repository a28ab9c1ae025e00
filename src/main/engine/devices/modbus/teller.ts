/**
 * Numbers a module's events, since it has no memory of its own: on from the last that is durable,
 * with none left out. They are handed in in order and beside the looks, so that a journal that
 * cannot be written keeps no barrier up; live ones do not wait for the disk one by one, but only so
 * many may be under way.
 */
import type { AlarmEvent, BoardEvent, DoorEvent } from '../ports.ts';
import type { BoardContext } from './context.ts';
import { limits } from './timing.ts';

type Seen = Pick<DoorEvent, 'kind' | 'state'> | Pick<AlarmEvent, 'kind' | 'alarm' | 'reason'>;

interface Waiting {
  readonly event: BoardEvent;
  readonly sinceMonoMs: number;
}

export class Teller {
  readonly #context: BoardContext;
  readonly #waiting: Waiting[] = [];
  #top: number;
  #notDurable = 0;
  #running = false;
  /** First and last index of those that found no room. */
  #left: { readonly from: number; to: number } | null = null;

  constructor(context: BoardContext) {
    this.#context = context;
    this.#top = context.setUp.lastIndex;
  }

  lastIndex(): number {
    return this.#top;
  }

  /**
   * Takes an event of a door (0 for the board as a whole). `ageMs`: how long ago at most; a late
   * one is a level found after an absence.
   */
  tell(door: number, seen: Seen, ageMs: number, late: boolean): void {
    const { clock, setUp } = this.#context;
    this.#top += 1;
    if (this.#left !== null || this.#waiting.length >= limits.events) {
      this.#left ??= { from: this.#top, to: this.#top };
      this.#left.to = this.#top;
      return;
    }
    const event: BoardEvent = {
      ...seen,
      board: setUp.board,
      index: this.#top,
      door,
      deviceAtMs: Math.round(clock.wallMs()),
      ageMs,
      delivery: late ? 'backlog' : 'polled',
      inOrder: true,
    };
    this.#waiting.push({ event, sinceMonoMs: clock.monoMs() });
    void this.#run();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (;;) {
      const next = this.#waiting.shift();
      if (next !== undefined) await this.#handIn(next);
      else if (this.#left === null) break;
      else await this.#tellLeft(this.#left);
    }
    this.#running = false;
  }

  async #handIn({ event, sinceMonoMs }: Waiting): Promise<void> {
    const { clock, sink } = this.#context;
    const ageMs = Math.round(event.ageMs + clock.monoMs() - sinceMonoMs);
    this.#notDurable += 1;
    const durable = sink.report({ ...event, ageMs }).finally(() => {
      this.#notDurable -= 1;
    });
    // A late one waits behind all that is live: what follows it may not overtake it.
    if (event.delivery === 'backlog' || this.#notDurable >= limits.liveWindow) await durable;
  }

  async #tellLeft({ from, to }: { readonly from: number; readonly to: number }): Promise<void> {
    const { setUp, sink } = this.#context;
    this.#left = null;
    const text = `no room for events ${from}-${to} of ${setUp.board} while none could be written`;
    await sink.report({ kind: 'lost', board: setUp.board, from, to, text });
  }
}
