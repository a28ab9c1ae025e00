import type { Clock } from '../../../../shared/lib/clock.ts';

/** This machine's own clock; monotonic time counts from the start of the process. */
export class SystemClock implements Clock {
  wallMs(): number {
    return Date.now();
  }

  monoMs(): number {
    return performance.now();
  }

  speed(): number {
    return 1;
  }
}
