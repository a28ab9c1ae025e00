import { randomBytes } from 'node:crypto';
import { type BrowserHost, openBrowserHost } from '../../src/main/host/browser-host.ts';
import { EngineConnections } from '../../src/main/launch/engine-connections.ts';
import type { Carrier } from '../../src/shared/contract/transport/carrier.ts';
import type { ToEngine } from '../../src/shared/contract/transport/relay.ts';

export interface RelayHost {
  readonly host: BrowserHost;
  readonly origin: string;
  /** Links that were announced because the one before was used. */
  readonly freshUrls: string[];
  /** What the engine's side was told, in order. */
  readonly told: ToEngine[];
  engineReady: boolean;
}

/** The real browser host in this process, with the engine's ends handed to `accept`. */
export async function openRelayHost(
  accept: (carrier: Carrier, workstation: string) => void,
  pageDir = '/nonexistent',
  mapHosts: readonly string[] = [],
): Promise<RelayHost> {
  const connections = new EngineConnections({
    accept,
    reply: (message) => opened.host.fromEngine(message),
  });
  const freshUrls: string[] = [];
  const told: ToEngine[] = [];
  const state = { engineReady: true };
  const host = await openBrowserHost({
    port: 0,
    pageDir,
    mapHosts,
    random: randomBytes,
    nowMs: () => performance.now(),
    engineReady: () => opened.engineReady,
    toEngine: (message) => {
      told.push(message);
      if (message.t !== 'stop' && message.t !== 'key') connections.take(message);
    },
    onFreshUrl: (url) => freshUrls.push(url),
  });
  if (!host.ok) throw new Error(host.fault.text);
  const origin = `http://127.0.0.1:${host.value.port}`;
  const opened: RelayHost = { host: host.value, origin, freshUrls, told, ...state };
  return opened;
}

/** Opens a launch link as a browser would; returns the cookie that came back. */
export async function cookieOf(url: string): Promise<string> {
  const response = await fetch(url, { redirect: 'manual' });
  const cookie = response.headers.get('set-cookie')?.split(';')[0];
  if (response.status !== 303 || cookie === undefined) {
    throw new Error(`the link gave ${response.status}: ${await response.text()}`);
  }
  return cookie;
}
