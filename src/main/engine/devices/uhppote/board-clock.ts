/**
 * The clock of one board beside the zone's. Boards show whole seconds without a zone; in training
 * the calendar runs `speed` times faster than real time, so a difference on the calendar is divided
 * by the speed before it is judged.
 */
import type { Clock } from '../../../../shared/lib/clock.ts';

/** A second shown or stamped began up to a second before: half of it is the mean. */
const HALF_SECOND_MS = 500;
/** A difference below this is the resolution of the board's clock, whatever the speed. */
const RESOLUTION_MS = 2000;

export interface DriftSeen {
  /** Board time minus zone time in real ms. */
  readonly driftMs: number;
  /** True where the board's clock should be set. */
  readonly over: boolean;
}

export class BoardClock {
  readonly #clock: Clock;
  readonly #limitMs: number;
  /** Board minus zone, on the calendar; null until seen. */
  #aheadMs: number | null = null;
  /** Events up to this index carry the time from before the last correction. */
  #before: { readonly index: number; readonly aheadMs: number } | null = null;

  constructor(clock: Clock, limitMs: number) {
    this.#clock = clock;
    this.#limitMs = limitMs;
  }

  /** Takes the board's time of this moment. */
  see(boardMs: number): DriftSeen {
    const aheadMs = boardMs + HALF_SECOND_MS - this.#clock.wallMs();
    this.#aheadMs = aheadMs;
    const speed = this.#clock.speed();
    const limitMs = Math.max(this.#limitMs * speed, RESOLUTION_MS);
    return { driftMs: Math.round(aheadMs / speed), over: Math.abs(aheadMs) >= limitMs };
  }

  /** The board's clock was set; events up to `lastIndex` were stamped by the wrong one. */
  corrected(lastIndex: number): void {
    this.#before = { index: lastIndex, aheadMs: this.#aheadMs ?? 0 };
    this.#aheadMs = 0;
  }

  driftMs(): number | null {
    return this.#aheadMs === null ? null : Math.round(this.#aheadMs / this.#clock.speed());
  }

  /**
   * Real ms since an event, by the board's clock as it ran when the event was stamped. Negative
   * where the stamp lies ahead even so: how old the event is, is then not known.
   */
  ageMs(index: number, deviceAtMs: number): number {
    const before = this.#before;
    const old = before !== null && index <= before.index;
    const aheadMs = old ? before.aheadMs : (this.#aheadMs ?? 0);
    const boardNowMs = this.#clock.wallMs() + aheadMs;
    return Math.round((boardNowMs - deviceAtMs - HALF_SECOND_MS) / this.#clock.speed());
  }
}
