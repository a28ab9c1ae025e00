import { contextBridge, ipcRenderer } from 'electron';
import { CallError, type CancelSignal } from '../shared/contract/client.ts';
import * as names from '../shared/contract/transport/bridge.ts';
import type { Carrier } from '../shared/contract/transport/carrier.ts';
import { portCarrier } from '../shared/contract/transport/port-carrier.ts';
import { createRawClient } from '../shared/contract/transport/raw-client.ts';
import { fail, ok, type Result } from '../shared/lib/result.ts';

/** Asks the shell for a port to the engine; rejects while there is no engine to talk to. */
async function connect(): Promise<Carrier> {
  const { promise, resolve } = Promise.withResolvers<MessagePort | undefined>();
  for (const channel of ['live:port', 'live:lost']) ipcRenderer.removeAllListeners(channel);
  ipcRenderer.once('live:port', (event) => resolve(event.ports[0]));
  const isOpen: unknown = await ipcRenderer.invoke('live:attach');
  const port = isOpen === true ? await promise : undefined;
  if (port === undefined) throw new Error('the engine is not there');
  const carrier = portCarrier(port);
  // A port whose other process died need not say so; the shell knows.
  ipcRenderer.once('live:lost', carrier.close);
  return carrier;
}

const after = (delayMs: number, run: () => void) => {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
};
const client = createRawClient(connect, { nowMs: () => performance.now(), after });

function faultOf(error: unknown): Result<never> {
  if (error instanceof CallError) return fail(error.code, error.message, error.where);
  return fail('unexpected', String(error));
}

function bridged(call: (signal: CancelSignal) => Promise<unknown>): names.BridgeCall {
  const stop = new AbortController();
  return { answer: call(stop.signal).then(ok, faultOf), cancel: () => stop.abort() };
}

const bridge: names.Bridge = {
  command: (name, input) => {
    if (!name.startsWith(names.SHELL_PREFIX)) {
      return bridged((signal) => client.command(name, input, signal));
    }
    return { answer: ipcRenderer.invoke('shell:command', name, input), cancel: () => {} };
  },
  query: (name, input) => bridged((signal) => client.query(name, input, signal)),
  watch: (name, input, handlers) => {
    const tell = (set: Record<string, unknown>) =>
      void handlers.onUpdate({ snapshot: true, set, drop: [], seq: 0 });
    if (name === names.LINK_VIEW) return client.onLink((state) => tell({ state }));
    if (name !== names.CHOSEN_VIEW) return client.watch(name, input, handlers);
    const hear = (_event: unknown, command: unknown) => tell({ command });
    ipcRenderer.on('shell:chosen', hear);
    return () => ipcRenderer.off('shell:chosen', hear);
  },
};

contextBridge.exposeInMainWorld('twoline', bridge);
