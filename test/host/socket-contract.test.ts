import { vi } from 'vitest';
import { socketCarrier } from '../../src/renderer/live/socket-carrier.ts';
import { cookieOf, openRelayHost } from '../kit/relay-host.ts';
import { transportContract } from '../kit/transport-contract.ts';

/** Node's WebSocket takes headers, which a browser sets by itself: the cookie and the origin. */
function actAsBrowser(cookie: string, origin: string): void {
  const NodeSocket = globalThis.WebSocket as unknown as new (
    url: string,
    options: object,
  ) => WebSocket;
  class BrowserSocket extends NodeSocket {
    static readonly OPEN = 1;
    constructor(url: string) {
      super(url, { headers: { cookie, origin } });
    }
  }
  vi.stubGlobal('WebSocket', BrowserSocket);
}

transportContract('a real WebSocket through the browser host', async (accept) => {
  const { host, origin } = await openRelayHost(accept);
  actAsBrowser(await cookieOf(host.launchUrl()), origin);
  return {
    connect: () => socketCarrier(`${origin.replace('http', 'ws')}/live`),
    close: async () => {
      vi.unstubAllGlobals();
      await host.close();
    },
  };
});
