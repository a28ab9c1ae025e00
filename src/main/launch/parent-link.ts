/** The channel to the process that started this one: a fork's, or a utility process's. */
export interface ParentLink {
  send(message: unknown): void;
  /** Settles when the message has left, so that this process may end. */
  sendLast(message: unknown): Promise<void>;
  /** `ports`: what was handed over with the message; only the window's shell does. */
  onMessage(listener: (message: unknown, ports: readonly MainPort[]) => void): void;
  /** The parent is gone. */
  onEnd(listener: () => void): void;
}

/** A port as Electron's main and utility processes have it, in the shape of its documentation. */
export interface MainPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

interface UtilityParentPort {
  postMessage(message: unknown): void;
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly MainPort[] }) => void,
  ): unknown;
}

/** Finds the channel; null when this program was started by hand. */
export function findParentLink(): ParentLink | null {
  const port = (process as { parentPort?: UtilityParentPort }).parentPort;
  if (port !== undefined) return utilityLink(port);
  return process.send === undefined ? null : forkLink();
}

function forkLink(): ParentLink {
  const send = (message: unknown, sent: () => void) => {
    if (process.connected) process.send?.(message, undefined, {}, sent);
    else sent();
  };
  return {
    send: (message) => send(message, () => {}),
    sendLast: (message) => new Promise((resolve) => send(message, resolve)),
    onMessage: (listener) => {
      process.on('message', (message) => listener(message, []));
    },
    onEnd: (listener) => {
      process.on('disconnect', listener);
    },
  };
}

function utilityLink(port: UtilityParentPort): ParentLink {
  return {
    send: (message) => port.postMessage(message),
    sendLast: (message) => {
      port.postMessage(message);
      return new Promise((resolve) => setImmediate(resolve));
    },
    onMessage: (listener) => {
      port.on('message', (event) => listener(event.data, event.ports));
    },
    // Chromium ends a utility process with its parent.
    onEnd: () => {},
  };
}
