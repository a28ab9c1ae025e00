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

type Tell = (message: FromWorld) => void;

/** What main sends to this world and hands over to it, and who listens. */
function worldChannels(tell: Tell) {
  const listeners = new Map<string, { listener: Listener; isOnce: boolean }[]>();
  const ports = new Map<number, MessagePort>();
  const of = (channel: string) => listeners.get(channel) ?? [];
  const arrive = (id: number): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    ports.set(id, port1);
    port1.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      tell({ t: 'port', id, data });
    });
    port1.addEventListener('close', () => tell({ t: 'port-end', id }));
    port1.start();
    return port2;
  };
  return {
    listen: (channel: string, listener: Listener, isOnce: boolean) => {
      listeners.set(channel, [...of(channel), { listener, isOnce }]);
    },
    drop: (channel: string, isDropped: (listener: Listener) => boolean) => {
      listeners.set(
        channel,
        of(channel).filter(({ listener }) => !isDropped(listener)),
      );
    },
    take: (message: Exclude<ToWorld, { t: 'answer' }>) => {
      if (message.t === 'port') ports.get(message.id)?.postMessage(message.data);
      else if (message.t === 'port-end') ports.get(message.id)?.close();
      else {
        const all = of(message.channel);
        listeners.set(
          message.channel,
          all.filter(({ isOnce }) => !isOnce),
        );
        const event = { ports: message.ports.map(arrive) };
        for (const { listener } of all) listener(event, ...message.args);
      }
    },
  };
}

/**
 * What a sandboxed preload finds: `require`, which knows `electron` alone, and of that the two
 * things that ours uses. The source texts of both functions run in the preload's own world.
 */
export function preloadWorld(
  bridge: Membrane,
  toMain: (text: string) => void,
  take: string,
): (name: string) => unknown {
  const invoked = new Map<number, { resolve(value: unknown): void; reject(why: Error): void }>();
  let next = 1;
  const tell: Tell = (message) => toMain(JSON.stringify(message));
  const channels = worldChannels(tell);
  const broken = (what: string): never => {
    tell({ t: 'broken', what });
    throw new Error(what);
  };
  const strict = <T extends object>(name: string, target: T): T =>
    new Proxy(target, {
      get(_target, key) {
        if (Reflect.has(target, key)) return Reflect.get(target, key);
        return broken(`${name}.${String(key)} is not stood in for`);
      },
    });
  const answered = ({ id, value, error }: Extract<ToWorld, { t: 'answer' }>) => {
    if (error === undefined) invoked.get(id)?.resolve(value);
    else invoked.get(id)?.reject(new Error(error));
    invoked.delete(id);
  };
  Object.defineProperty(globalThis, take, {
    value: (message: ToWorld) => {
      if (message.t === 'answer') answered(message);
      else channels.take(message);
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
      on: (channel: string, listener: Listener) => channels.listen(channel, listener, false),
      once: (channel: string, listener: Listener) => channels.listen(channel, listener, true),
      off: (channel: string, listener: Listener) =>
        channels.drop(channel, (one) => one === listener),
      removeAllListeners: (channel: string) => channels.drop(channel, () => true),
    }),
  });
  return (name) =>
    name === 'electron' ? electron : broken(`a sandboxed preload cannot require ${name}`);
}

/** Both as text; `preloadWorld` is the one to call. */
export const PRELOAD_WORLD = [worldChannels, preloadWorld].join('\n');
