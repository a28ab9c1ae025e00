/** Waiting, passed in so that a test can move it by hand. */
export interface Timers {
  /** Calls `run` once after so many real milliseconds; the answer cancels it. */
  after(ms: number, run: () => void): () => void;
  /** Lets everything else that is ready run first. */
  turn(): Promise<void>;
}

export const realTimers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  turn: () => new Promise((resolve) => setImmediate(resolve)),
};
