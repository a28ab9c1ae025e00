import { tell } from '../telling.ts';
import type { BoardContext } from './context.ts';

/** Looks at the board's clock in every status, and sets it when it is too far off. */
export class ClockKeeper {
  readonly #context: BoardContext;
  #setting = false;

  constructor(context: BoardContext) {
    this.#context = context;
  }

  /** `boardMs` is null where the board shows no time at all. */
  see(boardMs: number | null, lastIndex: () => number): void {
    const seen = this.#context.boardClock.see(boardMs ?? 0);
    if (seen.over && !this.#setting) void this.#set(seen.driftMs, lastIndex);
  }

  async #set(driftMs: number, lastIndex: () => number): Promise<void> {
    this.#setting = true;
    const { boardClock, clock, exchange, setUp, timing } = this.#context;
    const options = { urgency: 'status', timeoutMs: timing.readTimeoutMs } as const;
    const set = await exchange.request('set-time', { at: clock.wallMs() }, options);
    if (set.ok) boardClock.corrected(lastIndex());
    this.#setting = false;
    tell(this.#context, { kind: 'clock', board: setUp.board, driftMs, corrected: set.ok });
  }
}
