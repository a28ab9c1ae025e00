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
/**
 * Any number of them may have lain there, and come in at once: what is seen within this time of the
 * first counts as one sighting. Real ms.
 */
const ONE_SIGHTING_MS = 500;
/** Where sightings differ by more than this, the clock was put on, or one is old: real ms. */
const AGREE_MS = 5_000;
/** What is said of an event whose age nobody knows: too old for anything. Real ms. */
const UNKNOWN_AGE_MS = 60_000;

/** Board minus zone, on the calendar, the least and the most that was seen at a moment. */
interface Sighting {
  readonly monoMs: number;
  readonly leastMs: number;
  readonly mostMs: number;
}

export interface DriftSeen {
  /** Board time minus zone time in real ms. */
  readonly driftMs: number;
  /** True where the board's clock should be set. */
  readonly over: boolean;
}

export class BoardClock {
  readonly #clock: Clock;
  readonly #limitMs: number;
  /** The newest first; none until seen. */
  #sightings: readonly Sighting[] = [];
  /** Board minus zone, on the calendar, as seen last of all. */
  #newestMs: number | null = null;
  /** Events up to this index carry the time from before the last correction. */
  #before: { readonly index: number; readonly aheadMs: number; readonly known: boolean } | null =
    null;

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
    this.#before = { index: lastIndex, aheadMs: this.#newestMs ?? 0, known: this.#agree() };
    // From here on it is ours: what was seen of it before says nothing more.
    this.#sightings = [];
    this.#sight(0);
  }

  driftMs(): number | null {
    return this.#newestMs === null ? null : Math.round(this.#newestMs / this.#clock.speed());
  }

  /**
   * Real ms since an event, by the board's clock as it ran when the event was stamped. Negative
   * where the stamp lies ahead even so: how old the event is, is then not known. Where the newest
   * sightings differ a little it is the oldest that the event can be; where they differ much, the
   * clock was put on or one of them is old, and the event counts as too old.
   */
  ageMs(index: number, deviceAtMs: number): number {
    const before = this.#before;
    const old = before !== null && index <= before.index;
    const seen = this.#sightings.map(({ mostMs }) => mostMs);
    const aheads = old ? [before.aheadMs] : seen;
    const aheadMs = Math.max(...(aheads.length === 0 ? [0] : aheads)) - this.#steppedMs();
    const boardNowMs = this.#clock.wallMs() + aheadMs;
    const ageMs = Math.round((boardNowMs - deviceAtMs - HALF_SECOND_MS) / this.#clock.speed());
    const isKnown = old ? before.known : this.#agree();
    return isKnown ? ageMs : Math.max(ageMs, UNKNOWN_AGE_MS);
  }

  #sight(aheadMs: number): void {
    this.#follow();
    const monoMs = this.#clock.monoMs();
    const [last, ...others] = this.#sightings;
    const isSame = last !== undefined && monoMs - last.monoMs < ONE_SIGHTING_MS;
    const [leastMs, mostMs] = isSame
      ? [Math.min(last.leastMs, aheadMs), Math.max(last.mostMs, aheadMs)]
      : [aheadMs, aheadMs];
    this.#sightings = isSame
      ? [{ monoMs: last.monoMs, leastMs, mostMs }, ...others]
      : [{ monoMs, leastMs, mostMs }, ...this.#sightings].slice(0, SIGHTINGS);
    this.#newestMs = aheadMs;
  }

  /** Whether the sightings are of one clock, and all of their moment. */
  #agree(): boolean {
    const least = Math.min(...this.#sightings.map(({ leastMs }) => leastMs));
    const most = Math.max(...this.#sightings.map(({ mostMs }) => mostMs));
    return this.#sightings.length === 0 || (most - least) / this.#clock.speed() <= AGREE_MS;
  }

  /** What was measured by the calendar before a step is said by the calendar after it. */
  #follow(): void {
    const steppedMs = this.#steppedMs();
    const before = this.#before;
    this.#sightings = this.#sightings.map(({ leastMs, monoMs, mostMs }) => {
      return { monoMs, leastMs: leastMs - steppedMs, mostMs: mostMs - steppedMs };
    });
    if (this.#newestMs !== null) this.#newestMs -= steppedMs;
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
