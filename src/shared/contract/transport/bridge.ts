import type { Result } from '../../lib/result.ts';
import type { LinkState } from '../client.ts';
import type { RawHandlers } from './client-watch.ts';

/** A call across the bridge: errors and abort signals cannot cross it, values and functions can. */
export interface BridgeCall {
  readonly answer: Promise<Result<unknown>>;
  readonly cancel: () => void;
}

/** Watched under this name, the bridge tells the state of the link instead of a view. */
export const LINK_VIEW = 'link';

export type BridgeHandlers = RawHandlers | { readonly onUpdate: (state: LinkState) => void };

/** All that the window's preload gives the page: `window.twoline`. */
export interface Bridge {
  command(name: string, input: unknown): BridgeCall;
  query(name: string, input: unknown): BridgeCall;
  watch(name: string, input: unknown, handlers: BridgeHandlers): () => void;
}
