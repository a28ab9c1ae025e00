import type { Clock } from '../../shared/lib/clock.ts';

/** Over how much real time the achieved speed is measured. */
const ACHIEVED_OVER_MS = 5000;

/**
 * The training zone's calendar: runs `speed` times faster than real time and never backwards. The
 * speed can change at any moment; what has passed stays passed.
 */
export class TrainingClock implements Clock {
  readonly #monoMs: () => number;
  #baseWallMs: number;
  #baseMonoMs: number;
  #speed: number;
  /** Where the clock stood lately, oldest first. */
  #marks: { readonly monoMs: number; readonly wallMs: number }[] = [];

  constructor(startWallMs: number, speed: number, monoMs: () => number) {
    this.#monoMs = monoMs;
    this.#baseWallMs = startWallMs;
    this.#baseMonoMs = monoMs();
    this.#speed = Math.max(0, speed);
    this.mark();
  }

  wallMs(): number {
    return this.#baseWallMs + (this.#monoMs() - this.#baseMonoMs) * this.#speed;
  }

  monoMs(): number {
    return this.#monoMs();
  }

  speed(): number {
    return this.#speed;
  }

  /** From now on; a negative speed stops the clock. */
  setSpeed(speed: number): void {
    const nowMs = this.#monoMs();
    this.#baseWallMs += (nowMs - this.#baseMonoMs) * this.#speed;
    this.#baseMonoMs = nowMs;
    this.#speed = Math.max(0, speed);
  }

  /** Remembers where the clock stands: what `achieved` is measured from. Called regularly. */
  mark(): void {
    const monoMs = this.#monoMs();
    this.#marks.push({ monoMs, wallMs: this.wallMs() });
    const oldest = monoMs - ACHIEVED_OVER_MS;
    while (this.#marks.length > 2 && (this.#marks[1]?.monoMs ?? monoMs) <= oldest) {
      this.#marks.shift();
    }
  }

  /** Calendar milliseconds per real millisecond over the last five seconds. */
  achieved(): number {
    const first = this.#marks[0];
    const monoMs = this.#monoMs();
    if (first === undefined || monoMs <= first.monoMs) return this.#speed;
    return (this.wallMs() - first.wallMs) / (monoMs - first.monoMs);
  }
}
