import { type Carrier, CarrierInbox } from './carrier.ts';

/** What a MessagePort of a page, a preload or a Node worker has in common. */
export interface PortLike {
  postMessage(text: string): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: () => void): void;
  start(): void;
  close(): void;
}

/** A connection over a MessagePort. A port tells nothing of what it holds back: acks must do. */
export function portCarrier(port: PortLike): Carrier {
  const inbox = new CarrierInbox();
  const close = () => {
    if (inbox.ended) return;
    inbox.end();
    port.close();
  };
  port.addEventListener('message', (event) => {
    if (typeof event.data !== 'string' || !inbox.deliver(event.data)) close();
  });
  port.addEventListener('close', () => inbox.end());
  port.start();
  return {
    send: (text) => {
      if (!inbox.ended) port.postMessage(text);
    },
    bufferedAmount: () => 0,
    onText: (listener) => inbox.onText(listener),
    onClose: (listener) => inbox.onClose(listener),
    close,
  };
}
