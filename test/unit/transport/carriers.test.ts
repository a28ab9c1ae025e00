import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { type Carrier, CarrierInbox } from '../../../src/shared/contract/transport/carrier.ts';
import { type PortLike, portCarrier } from '../../../src/shared/contract/transport/port-carrier.ts';
import { transportContract } from '../../kit/transport-contract.ts';

/** Two ends in one memory; texts arrive on a later turn, as they would over any wire. */
function memoryPair(): [Carrier, Carrier] {
  const inboxes = [new CarrierInbox(), new CarrierInbox()] as const;
  const end = (mine: CarrierInbox, other: CarrierInbox): Carrier => ({
    send: (text) => {
      if (!mine.ended) queueMicrotask(() => other.deliver(text));
    },
    bufferedAmount: () => 0,
    onText: (listener) => mine.onText(listener),
    onClose: (listener) => mine.onClose(listener),
    close: () => {
      mine.end();
      queueMicrotask(() => other.end());
    },
  });
  return [end(inboxes[0], inboxes[1]), end(inboxes[1], inboxes[0])];
}

transportContract('memory', (accept) =>
  Promise.resolve({
    connect: () => {
      const [mine, engines] = memoryPair();
      accept(engines);
      return Promise.resolve(mine);
    },
    close: () => Promise.resolve(),
  }),
);

transportContract('a MessagePort', (accept) => {
  const ports: MessagePort[] = [];
  return Promise.resolve({
    connect: () => {
      const { port1, port2 } = new MessageChannel();
      ports.push(port1, port2);
      accept(portCarrier(port1 as unknown as PortLike));
      return Promise.resolve(portCarrier(port2 as unknown as PortLike));
    },
    close: () => {
      for (const port of ports) port.close();
      return Promise.resolve();
    },
  });
});
