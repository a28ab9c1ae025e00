import type { LinkTimers } from '../../shared/contract/transport/carrier.ts';

/** Real time in a Node process. */
export const nodeTimers: LinkTimers = {
  nowMs: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
