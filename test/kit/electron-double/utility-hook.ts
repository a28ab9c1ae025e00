/**
 * Runs first in a forked utility process: gives it `process.parentPort` as Electron does instead of
 * the fork's own channel, and lets nothing in it load `electron`.
 */
import { EventEmitter } from 'node:events';
import { registerHooks } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import type { FromUtility, ToUtility } from './utility-process.ts';

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron') throw new Error('the engine must not load electron');
    return next(specifier, context);
  },
});

const tell = (message: FromUtility) => {
  if (process.connected) sendToParent?.(message);
};
const sendToParent = process.send?.bind(process);

/** A port that arrived, in the dialect of Electron's Node. */
class ArrivedPort extends EventEmitter {
  readonly #id: number;
  #early: unknown[] | null = [];

  constructor(id: number) {
    super();
    this.#id = id;
  }

  postMessage(data: unknown): void {
    tell({ t: 'port', id: this.#id, data });
  }

  start(): void {
    const early = this.#early ?? [];
    this.#early = null;
    for (const data of early) this.emit('message', { data, ports: [] });
  }

  close(): void {
    tell({ t: 'port-end', id: this.#id });
  }

  deliver(data: unknown): void {
    if (this.#early === null) this.emit('message', { data, ports: [] });
    else this.#early.push(data);
  }
}

if (isMainThread) {
  const ports = new Map<number, ArrivedPort>();
  const parentPort = Object.assign(new EventEmitter(), {
    postMessage: (data: unknown) => tell({ t: 'message', data }),
  });
  const early: ToUtility[] = [];
  const take = (told: ToUtility) => {
    if (told.t === 'port') ports.get(told.id)?.deliver(told.data);
    else if (told.t === 'port-end') ports.get(told.id)?.emit('close');
    else {
      const arrived = told.ports.map((id) => {
        const port = new ArrivedPort(id);
        ports.set(id, port);
        return port;
      });
      parentPort.emit('message', { data: told.data, ports: arrived });
    }
  };
  process.on('message', (told: ToUtility) => {
    if (parentPort.listenerCount('message') > 0) take(told);
    else early.push(told);
  });
  parentPort.on('newListener', () => {
    queueMicrotask(() => {
      for (const told of early.splice(0)) take(told);
    });
  });
  // Chromium ends a utility process with its parent.
  process.on('disconnect', () => process.exit(1));
  Object.defineProperty(process, 'parentPort', { value: parentPort });
  Object.defineProperty(process, 'send', { value: undefined });
}
