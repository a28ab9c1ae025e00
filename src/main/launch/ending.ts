/** SIGHUP: the terminal was closed. On Windows, Ctrl+C and Ctrl+Break arrive as the first two. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Settles when this process is asked to end. Asked twice is asked once: a signal to the whole group
 * comes from the terminal and from whoever started us.
 */
export function askedToEnd(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of SIGNALS) process.on(signal, () => resolve());
  surviveLostOutput();
  return promise;
}

/** A child of ours leaves signals to its parent, which ends it in order. */
export function leaveSignalsToParent(): void {
  for (const signal of SIGNALS) process.on(signal, () => {});
  surviveLostOutput();
}

/** Whoever read our output is gone: that must not end us before our work is in order. */
function surviveLostOutput(): void {
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
}
