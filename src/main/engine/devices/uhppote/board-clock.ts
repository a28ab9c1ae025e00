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

/**
 * So many of the newest sightings are believed only together. A pushed event reads as a status: one
 * that lay in our socket while we had no turn would show the board's time of then as that of now.
 */
const SIGHTINGS = 3;

export interface DriftSeen {
  /** Board time minus zone time in real ms. */
  readonly driftMs: number;
  /** True where the board's clock should be set. */
  readonly over: boolean;
}

export class BoardClock {
  readonly #clock: Clock;
  readonly #limitMs: number;
  /** Board minus zone, on the calendar, as last seen, the newest first; none until seen. */
  #sightings: readonly number[] = [];
  /** Events up to this index carry the time from before the last correction. */
  #before: { readonly index: number; readonly aheadMs: number } | null = null;

  /** Our own clocks at the last sighting. */
  #seen: { readonly wallMs: number; readonly monoMs: number } | null = null;

  constructor(clock: Clock, limitMs: number) {
    this.#clock = clock;
    this.#limitMs = limitMs;
  }

  /** Takes the board's time of this moment. */
  see(boardMs: number): DriftSeen {
    const aheadMs = boardMs + HALF_SECOND_MS - this.#clock.wallMs();
    this.#sight(aheadMs);
    const speed = this.#clock.speed();
    const limitMs = Math.max(this.#limitMs * speed, RESOLUTION_MS);
    return { driftMs: Math.round(aheadMs / speed), over: Math.abs(aheadMs) >= limitMs };
  }

  /** The board's clock was set; events up to `lastIndex` were stamped by the wrong one. */
  corrected(lastIndex: number): void {
    this.#follow();
    this.#before = { index: lastIndex, aheadMs: this.#sightings[0] ?? 0 };
    this.#sight(0);
  }

  driftMs(): number | null {
    const [aheadMs] = this.#sightings;
    return aheadMs === undefined ? null : Math.round(aheadMs / this.#clock.speed());
  }

  /**
   * Real ms since an event, by the board's clock as it ran when the event was stamped. Negative
   * where the stamp lies ahead even so: how old the event is, is then not known. Where the newest
   * sightings differ it is the oldest that the event can be.
   */
  ageMs(index: number, deviceAtMs: number): number {
    const before = this.#before;
    const old = before !== null && index <= before.index;
    const aheads = old ? [before.aheadMs] : this.#sightings;
    const aheadMs = Math.max(...(aheads.length === 0 ? [0] : aheads)) - this.#steppedMs();
    const boardNowMs = this.#clock.wallMs() + aheadMs;
    return Math.round((boardNowMs - deviceAtMs - HALF_SECOND_MS) / this.#clock.speed());
  }

  #sight(aheadMs: number): void {
    this.#follow();
    this.#sightings = [aheadMs, ...this.#sightings].slice(0, SIGHTINGS);
  }

  /** What was measured by the calendar before a step is said by the calendar after it. */
  #follow(): void {
    const steppedMs = this.#steppedMs();
    const before = this.#before;
    this.#sightings = this.#sightings.map((aheadMs) => aheadMs - steppedMs);
    if (before !== null) this.#before = { ...before, aheadMs: before.aheadMs - steppedMs };
    this.#seen = { wallMs: this.#clock.wallMs(), monoMs: this.#clock.monoMs() };
  }

  /**
   * How far our own calendar was put on since the last sighting: no board went along with it. In
   * training the calendar's speed changes, and nobody puts it on.
   */
  #steppedMs(): number {
    const seen = this.#seen;
    if (seen === null || this.#clock.speed() !== 1) return 0;
    return this.#clock.wallMs() - seen.wallMs - (this.#clock.monoMs() - seen.monoMs);
  }
}
