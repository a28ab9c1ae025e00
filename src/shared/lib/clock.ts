/**
 * Time as the engine sees it. Wall time is data; order is the journal's `seq`; deadlines are
 * monotonic only. In training the wall clock runs `speed` times faster than the monotonic one.
 */
export interface Clock {
  /** Milliseconds since 1970 UTC on the zone's calendar. */
  wallMs(): number;
  /** Real milliseconds since this process booted; never steps. */
  monoMs(): number;
  /** Calendar milliseconds per real millisecond: 1 outside training, never less. */
  speed(): number;
  /** In training: how fast the calendar runs beside what was asked for. */
  pace?(): Pace;
}

/** Speeds of a training calendar, in calendar ms per real ms. */
export interface Pace {
  /** From this moment on; 0 while the zone is paused. */
  readonly now: number;
  /** What was asked for when the zone was started. */
  readonly asked: number;
  /** The mean of the last five seconds. */
  readonly achieved: number;
}

/** A clock that a test or a simulation moves by hand. */
export class ManualClock implements Clock {
  #wall: number;
  #mono = 0;
  #speed: number;

  constructor(wallMs: number, speed = 1) {
    this.#wall = wallMs;
    this.#speed = speed;
  }

  wallMs(): number {
    return this.#wall;
  }

  monoMs(): number {
    return this.#mono;
  }

  speed(): number {
    return this.#speed;
  }

  /** Lets real time pass; the calendar follows at the clock's speed. */
  advance(realMs: number): void {
    this.#mono += realMs;
    this.#wall += realMs * this.#speed;
  }

  /** A wall step, as an operator or a time server makes it: monotonic time does not move. */
  stepWall(ms: number): void {
    this.#wall += ms;
  }
}
