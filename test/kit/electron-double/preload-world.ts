import type { Membrane } from './membrane.ts';

/** What main tells the preload's world. */
export type ToWorld =
  | { readonly t: 'answer'; readonly id: number; readonly value?: unknown; readonly error?: string }
  | {
      readonly t: 'send';
      readonly channel: string;
      readonly args: readonly unknown[];
      readonly ports: readonly number[];
    }
  | { readonly t: 'port'; readonly id: number; readonly data: unknown }
  | { readonly t: 'port-end'; readonly id: number };

/** What the preload's world tells main. */
export type FromWorld =
  | {
      readonly t: 'invoke';
      readonly id: number;
      readonly channel: string;
      readonly args: readonly unknown[];
    }
  | { readonly t: 'port'; readonly id: number; readonly data: unknown }
  | { readonly t: 'port-end'; readonly id: number }
  | { readonly t: 'open'; readonly url: string }
  | { readonly t: 'broken'; readonly what: string };

type Listener = (event: { readonly ports: readonly MessagePort[] }, ...args: unknown[]) => void;

/**
 * What a sandboxed preload finds: `require`, which knows `electron` alone, and of that the two
 * things that ours uses. Its source text runs in the preload's own world of the document.
 */
export function preloadWorld(
  bridge: Membrane,
  toMain: (text: string) => void,
  take: string,
): (name: string) => unknown {
  const listeners = new Map<string, { listener: Listener; isOnce: boolean }[]>();
  const invoked = new Map<number, { resolve(value: unknown): void; reject(why: Error): void }>();
  const ports = new Map<number, MessagePort>();
  let next = 1;
  const tell = (message: FromWorld) => toMain(JSON.stringify(message));

  const strict = <T extends object>(name: string, target: T): T =>
    new Proxy(target, {
      get(_target, key) {
        if (Reflect.has(target, key)) return Reflect.get(target, key);
        const what = `${name}.${String(key)} is not stood in for`;
        tell({ t: 'broken', what });
        throw new Error(what);
      },
    });
  const listen = (channel: string, listener: Listener, isOnce: boolean) => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, isOnce }]);
  };
  const arrive = (id: number): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    ports.set(id, port1);
    port1.onmessage = ({ data }: MessageEvent<unknown>) => tell({ t: 'port', id, data });
    port1.addEventListener('close', () => tell({ t: 'port-end', id }));
    return port2;
  };
  const sent = (message: Extract<ToWorld, { t: 'send' }>) => {
    const all = listeners.get(message.channel) ?? [];
    listeners.set(
      message.channel,
      all.filter(({ isOnce }) => !isOnce),
    );
    const event = { ports: message.ports.map(arrive) };
    for (const { listener } of all) listener(event, ...message.args);
  };
  const answered = ({ id, value, error }: Extract<ToWorld, { t: 'answer' }>) => {
    if (error === undefined) invoked.get(id)?.resolve(value);
    else invoked.get(id)?.reject(new Error(error));
    invoked.delete(id);
  };
  Object.defineProperty(globalThis, take, {
    value: (message: ToWorld) => {
      if (message.t === 'answer') answered(message);
      else if (message.t === 'send') sent(message);
      else if (message.t === 'port') ports.get(message.id)?.postMessage(message.data);
      else ports.get(message.id)?.close();
    },
  });

  const electron = strict('electron', {
    contextBridge: strict('contextBridge', {
      exposeInMainWorld: (name: string, api: unknown) => bridge.expose(name, api),
    }),
    ipcRenderer: strict('ipcRenderer', {
      invoke: (channel: string, ...args: unknown[]) =>
        new Promise((resolve, reject) => {
          const id = next++;
          invoked.set(id, { resolve, reject });
          tell({ t: 'invoke', id, channel, args: args.map((arg) => structuredClone(arg)) });
        }),
      on: (channel: string, listener: Listener) => listen(channel, listener, false),
      once: (channel: string, listener: Listener) => listen(channel, listener, true),
      off: (channel: string, listener: Listener) => {
        const all = listeners.get(channel) ?? [];
        listeners.set(
          channel,
          all.filter((one) => one.listener !== listener),
        );
      },
      removeAllListeners: (channel: string) => listeners.delete(channel),
    }),
  });
  return (name) => {
    if (name === 'electron') return electron;
    const what = `a sandboxed preload cannot require ${name}`;
    tell({ t: 'broken', what });
    throw new Error(what);
  };
}
