import {
  CallError,
  type CancelSignal,
  type ConsoleClient,
  type LinkState,
} from '../../shared/contract/client.ts';
import { type Bridge, type BridgeCall, LINK_VIEW } from '../../shared/contract/transport/bridge.ts';
import type { Carrier, LinkTimers } from '../../shared/contract/transport/carrier.ts';
import { createClient, withContract } from '../../shared/contract/transport/client.ts';
import { socketCarrier } from './socket-carrier.ts';

declare global {
  interface Window {
    /** There in the console's own window, put there by its preload. */
    readonly twoline?: Bridge;
  }
}

const KEY_UNKNOWN = 401;

const timers: LinkTimers = {
  nowMs: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** The engine that this page belongs to: by the window's bridge, else by the host's WebSocket. */
export function connectConsole(): ConsoleClient {
  const bridge = window.twoline;
  if (bridge !== undefined) return bridgeClient(bridge);
  const url = new URL('/live', window.location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  return createClient(() => toHost(url.href), timers);
}

/**
 * A host that was started anew knows this browser's key no more. No try will ever succeed then:
 * loading the page again shows the host's own words about a new link.
 */
async function toHost(url: string): Promise<Carrier> {
  try {
    return await socketCarrier(url);
  } catch (error) {
    const answer = await fetch('/', { method: 'HEAD', cache: 'no-store' });
    if (answer.status === KEY_UNKNOWN) window.location.reload();
    throw error;
  }
}

/** The three verbs of the bridge as a client: faults become errors again on this side. */
export function bridgeClient(bridge: Bridge): ConsoleClient {
  const call = async (open: () => BridgeCall, signal?: CancelSignal): Promise<unknown> => {
    if (signal?.aborted)
      throw new CallError({ code: 'cancelled', text: 'the call was called off' });
    const { answer, cancel } = open();
    // The event that tells of it does not go through the bridge: only plain data does.
    const callOff = () => cancel();
    signal?.addEventListener('abort', callOff);
    const result = await answer;
    signal?.removeEventListener('abort', callOff);
    if (!result.ok) throw new CallError(result.fault);
    return result.value;
  };
  return withContract({
    command: (name, input, signal) => call(() => bridge.command(name, input), signal),
    query: (name, input, signal) => call(() => bridge.query(name, input), signal),
    watch: (name, input, handlers) => bridge.watch(name, input, handlers),
    onLink: (listener) =>
      bridge.watch(
        LINK_VIEW,
        {},
        {
          onUpdate: ({ set }) => listener(set.state as LinkState),
          onEnd: () => {},
        },
      ),
    // The window's own connection ends with the window.
    close: () => {},
  });
}
