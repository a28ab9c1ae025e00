import { type ChildProcess, fork } from 'node:child_process';

/** A process of ours, however it was started: `fork` here, a utility process in the window. */
export interface ChildPort {
  /** Never throws; what is sent to a process that has ended is dropped. */
  send(message: unknown, transfer?: readonly unknown[]): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, with words for how it ended. */
  onExit(listener: (how: string) => void): void;
  /** Ends it at once, without its doing. */
  kill(): void;
}

const STDERR = 2;
const LAST_WORDS_MS = 200;

/**
 * Starts a program of ours with a channel for messages. Its output goes to our stderr, since our
 * stdout carries one line only. It must end by itself when the channel closes. `flags` are Node's.
 */
export function forkChild(
  module: string,
  args: readonly string[],
  flags: readonly string[] = [],
): ChildPort {
  return childPort(
    fork(module, [...args], {
      stdio: ['ignore', STDERR, STDERR, 'ipc'],
      // Texts travel faster than as JSON within JSON.
      serialization: 'advanced',
      execArgv: [...flags],
    }),
  );
}

/** The port to a process that was started with a channel. */
export function childPort(child: ChildProcess): ChildPort {
  let ended = false;
  const { promise: end, resolve } = Promise.withResolvers<string>();
  const finish = (how: string) => {
    ended = true;
    resolve(how);
  };
  child.on('exit', (code, signal) => {
    const how = signal ?? `exit code ${code ?? 'unknown'}`;
    ended = true;
    // Its last words may still be in the channel, which closes after them.
    if (!child.connected) finish(how);
    child.once('disconnect', () => finish(how));
    setTimeout(() => finish(how), LAST_WORDS_MS).unref();
  });
  // A program that cannot be started has no exit; a message that cannot be sent is no end.
  child.on('error', (error) => {
    if (child.pid === undefined) finish(error.message);
  });
  return {
    send: (message) => {
      if (!ended && child.connected) child.send(message as object, () => {});
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onExit: (listener) => {
      void end.then(listener);
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}
