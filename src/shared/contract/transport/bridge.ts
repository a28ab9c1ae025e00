import type { Result } from '../../lib/result.ts';
import type { RawHandlers } from './client-watch.ts';

/** A call across the bridge: errors and abort signals cannot cross it, values and functions can. */
export interface BridgeCall {
  readonly answer: Promise<Result<unknown>>;
  readonly cancel: () => void;
}

/** A view of the bridge itself with one row, `state`: how the link to the engine is. */
export const LINK_VIEW = 'link';

/** Commands of this prefix are the window's own: `shellCommands`. */
export const SHELL_PREFIX = 'shell.';

/** A view of the window with one row, `command`: what was chosen in a menu or a notification. */
export const CHOSEN_VIEW = 'shell.chosen';

/** All that the window's preload gives the page: `window.twoline`. */
export interface Bridge {
  command(name: string, input: unknown): BridgeCall;
  query(name: string, input: unknown): BridgeCall;
  watch(name: string, input: unknown, handlers: RawHandlers): () => void;
}
