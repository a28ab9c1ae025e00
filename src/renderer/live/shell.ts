import type { ShellCommandName, ShellInput } from '../../shared/contract/shell.ts';
import { type Bridge, CHOSEN_VIEW } from '../../shared/contract/transport/bridge.ts';

/** What the console's own window does beside showing the page. */
export interface Shell {
  command<N extends ShellCommandName>(name: N, input: ShellInput<N>): void;
  /** Hears the id of each command that was chosen in a menu or a notice of this window. */
  onChosen(listener: (id: string) => void): () => void;
}

/** The window around this page; null in a browser, which has menus of its own. */
export function shellOf(bridge: Bridge | undefined): Shell | null {
  if (bridge === undefined) return null;
  return {
    // Nothing waits for it: a menu or a notice that fails leaves the page as it is.
    command: (name, input) => void bridge.command(name, input).answer.catch(() => {}),
    onChosen: (listener) =>
      bridge.watch(
        CHOSEN_VIEW,
        {},
        { onUpdate: ({ set }) => listener(String(set.command)), onEnd: () => {} },
      ),
  };
}

export const ownShell = shellOf(window.twoline);
