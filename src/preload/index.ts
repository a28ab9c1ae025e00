import { contextBridge, ipcRenderer } from 'electron';
import { CallError, type CancelSignal } from '../shared/contract/client.ts';
import { type Bridge, type BridgeCall, LINK_VIEW } from '../shared/contract/transport/bridge.ts';
import type { Carrier } from '../shared/contract/transport/carrier.ts';
import { portCarrier } from '../shared/contract/transport/port-carrier.ts';
import { createRawClient } from '../shared/contract/transport/raw-client.ts';
import { fail, ok, type Result } from '../shared/lib/result.ts';

/** Asks the shell for a port to the engine; rejects while there is no engine to talk to. */
async function connect(): Promise<Carrier> {
  const { promise, resolve } = Promise.withResolvers<MessagePort | undefined>();
  ipcRenderer.once('live:port', (event) => resolve(event.ports[0]));
  const isOpen: unknown = await ipcRenderer.invoke('live:attach');
  const port = isOpen === true ? await promise : undefined;
  if (port === undefined) {
    ipcRenderer.removeAllListeners('live:port');
    throw new Error('the engine is not there');
  }
  return portCarrier(port);
}

const client = createRawClient(connect, {
  nowMs: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
});

function faultOf(error: unknown): Result<never> {
  if (error instanceof CallError) return fail(error.code, error.message, error.where);
  return fail('unexpected', String(error));
}

function bridged(call: (signal: CancelSignal) => Promise<unknown>): BridgeCall {
  const stop = new AbortController();
  return { answer: call(stop.signal).then(ok, faultOf), cancel: () => stop.abort() };
}

const bridge: Bridge = {
  command: (name, input) => bridged((signal) => client.command(name, input, signal)),
  query: (name, input) => bridged((signal) => client.query(name, input, signal)),
  watch: (name, input, handlers) => {
    if (name !== LINK_VIEW) return client.watch(name, input, handlers);
    return client.onLink((state) => {
      void handlers.onUpdate({ snapshot: true, set: { state }, drop: [], seq: 0 });
    });
  },
};

contextBridge.exposeInMainWorld('twoline', bridge);
