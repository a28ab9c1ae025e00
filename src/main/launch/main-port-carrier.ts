import type { Carrier } from '../../shared/contract/transport/carrier.ts';
import { type PortLike, portCarrier } from '../../shared/contract/transport/port-carrier.ts';
import type { MainPort } from './parent-link.ts';

/** A connection over a port of Electron's Node, which speaks in another dialect than a page's. */
export function mainPortCarrier(port: MainPort): Carrier {
  const like: PortLike = {
    postMessage: (text) => port.postMessage(text),
    addEventListener: (type: 'message' | 'close', listener: (event: { data: unknown }) => void) => {
      port.on(type as 'message', listener);
    },
    start: () => port.start(),
    close: () => port.close(),
  };
  return portCarrier(like);
}
