import type { Result } from '../../../shared/lib/result.ts';
import type { Input } from '../core/input.ts';

/** The four lanes at the door, most urgent first; bulk only when the others are empty. */
export const LANES = ['safety', 'live', 'command', 'bulk'] as const;
export type IntakeLane = (typeof LANES)[number];

/** How many inputs may wait in each lane before the newest is turned away. */
export const LANE_LIMITS: Readonly<Record<IntakeLane, number>> = {
  safety: 2_000,
  live: 10_000,
  command: 1_000,
  bulk: 20_000,
};

export interface Waiting {
  readonly input: Input;
  readonly lane: IntakeLane;
  settle(answer: Result<unknown> | null): void;
}

/** A bounded queue of inputs in four lanes. Overflow is counted and told once it can be. */
export class IntakeQueue {
  readonly #lanes: Record<IntakeLane, { items: Waiting[]; head: number }>;
  readonly dropped: Record<IntakeLane, number>;

  constructor() {
    const lane = () => ({ items: [] as Waiting[], head: 0 });
    this.#lanes = { safety: lane(), live: lane(), command: lane(), bulk: lane() };
    this.dropped = { safety: 0, live: 0, command: 0, bulk: 0 };
  }

  /** False when the lane is full: the input was not taken. */
  push(waiting: Waiting): boolean {
    const lane = this.#lanes[waiting.lane];
    if (this.waitingIn(waiting.lane) >= LANE_LIMITS[waiting.lane]) {
      this.dropped[waiting.lane] += 1;
      return false;
    }
    lane.items.push(waiting);
    return true;
  }

  /** The most urgent waiting input; `bulk` ones only where the caller takes them. */
  take(withBulk: boolean): Waiting | null {
    for (const name of LANES) {
      if (name === 'bulk' && !withBulk) return null;
      const lane = this.#lanes[name];
      const next = lane.items[lane.head];
      if (next === undefined) continue;
      lane.head += 1;
      if (lane.head > 512 && lane.head * 2 > lane.items.length) {
        lane.items = lane.items.slice(lane.head);
        lane.head = 0;
      }
      return next;
    }
    return null;
  }

  /** Puts an input back at the front of its lane, as when nothing could be written. */
  putBack(waiting: readonly Waiting[]): void {
    for (const item of [...waiting].reverse()) {
      const lane = this.#lanes[item.lane];
      lane.items = [item, ...lane.items.slice(lane.head)];
      lane.head = 0;
    }
  }

  /** Takes out every waiting input that fits, in the order of the lanes. */
  withdraw(fits: (waiting: Waiting) => boolean): Waiting[] {
    const out: Waiting[] = [];
    for (const name of LANES) {
      const lane = this.#lanes[name];
      const kept: Waiting[] = [];
      for (const waiting of lane.items.slice(lane.head)) (fits(waiting) ? out : kept).push(waiting);
      lane.items = kept;
      lane.head = 0;
    }
    return out;
  }

  length(): number {
    return LANES.reduce((total, name) => total + this.waitingIn(name), 0);
  }

  waitingIn(name: IntakeLane): number {
    return this.#lanes[name].items.length - this.#lanes[name].head;
  }
}
