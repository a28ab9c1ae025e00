import { type Carrier, CarrierInbox } from '../../shared/contract/transport/carrier.ts';

/** Opens a WebSocket to the browser host. Rejects when it cannot be opened. */
export function socketCarrier(url: string): Promise<Carrier> {
  const { promise, resolve, reject } = Promise.withResolvers<Carrier>();
  const socket = new WebSocket(url);
  const inbox = new CarrierInbox();
  socket.addEventListener('open', () => resolve(carrierOf(socket, inbox)));
  socket.addEventListener('message', (event) => {
    if (typeof event.data !== 'string' || !inbox.deliver(event.data)) socket.close();
  });
  socket.addEventListener('close', () => {
    reject(new Error('the console host did not take the connection'));
    inbox.end();
  });
  return promise;
}

function carrierOf(socket: WebSocket, inbox: CarrierInbox): Carrier {
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    bufferedAmount: () => socket.bufferedAmount,
    onText: (listener) => inbox.onText(listener),
    onClose: (listener) => inbox.onClose(listener),
    close: () => socket.close(),
  };
}
