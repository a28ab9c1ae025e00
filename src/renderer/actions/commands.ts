import { createContext, use, useEffect, useSyncExternalStore } from 'react';
import { must } from '../../shared/lib/assert.ts';

export type CommandGroup = 'screens' | 'actions' | 'lanes' | 'console';

/** One thing a person can do from the keyboard: the palette, the help and the keys all read it. */
export interface ConsoleCommand {
  readonly id: string;
  /** In the language of the screen. */
  readonly title: string;
  readonly group: CommandGroup;
  /** Further words that find it in the palette. */
  readonly also?: string | undefined;
  /** As tinykeys writes them: `g`, `$mod+k`, `Escape`. Character keys wait 60 ms. */
  readonly keys?: string | undefined;
  /** Also while a dialog is open. */
  readonly inDialog?: boolean | undefined;
  readonly run: () => void;
}

/** Holds the commands of what is on the screen now. The newest with a key wins. */
export class CommandRegistry {
  readonly #sets = new Map<object, readonly ConsoleCommand[]>();
  readonly #listeners = new Set<() => void>();
  #all: readonly ConsoleCommand[] = [];

  /** Puts an owner's commands in place of its former ones. */
  put(owner: object, commands: readonly ConsoleCommand[]): void {
    this.#sets.set(owner, commands);
    this.#changed();
  }

  drop(owner: object): void {
    if (this.#sets.delete(owner)) this.#changed();
  }

  readonly all = (): readonly ConsoleCommand[] => this.#all;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #changed(): void {
    this.#all = [...this.#sets.values()].flat();
    for (const listener of this.#listeners) listener();
  }
}

export const CommandsContext = createContext<CommandRegistry | null>(null);

export function useRegistry(): CommandRegistry {
  return must(use(CommandsContext), 'command registry around the screen');
}

/** Offers commands while the component is on the screen; the list is compared by identity. */
export function useCommands(commands: readonly ConsoleCommand[]): void {
  const registry = useRegistry();
  useEffect(() => {
    const owner = {};
    registry.put(owner, commands);
    return () => registry.drop(owner);
  }, [registry, commands]);
}

export function useAllCommands(): readonly ConsoleCommand[] {
  const registry = useRegistry();
  return useSyncExternalStore(registry.subscribe, registry.all);
}
