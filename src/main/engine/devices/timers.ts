/** The timers a driver uses, so that a simulation can put its own in their place. */
export interface Timers {
  /** Calls back once after that many real ms. */
  after(ms: number, call: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

export const realTimers: Timers = {
  after(ms, call) {
    const handle = setTimeout(call, ms);
    return { cancel: () => clearTimeout(handle) };
  },
};

/** Resolves after that many real ms; for pauses in a driver's own loops. */
export function pause(timers: Timers, ms: number): Promise<void> {
  return new Promise((resolve) => {
    timers.after(ms, resolve);
  });
}
