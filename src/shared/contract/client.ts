import type { Fault } from '../lib/result.ts';
import type { CommandInput, CommandName, CommandOutput } from './commands.ts';
import type { QueryInput, QueryName, QueryOutput } from './queries.ts';
import type { ViewData, ViewInput, ViewName } from './views.ts';

/** A refusal or failure of a call: carries the fault's code and a text a person can act on. */
export class CallError extends Error {
  readonly code: string;
  readonly where: string | undefined;

  constructor(fault: Fault) {
    super(fault.text);
    this.name = 'CallError';
    this.code = fault.code;
    this.where = fault.where;
  }
}

/** One step of a watched view: a snapshot (replaces everything) or a patch. */
export interface ViewUpdate<N extends ViewName> {
  readonly snapshot: boolean;
  readonly set: ReadonlyMap<string, ViewData<N>>;
  readonly drop: readonly string[];
  /** The journal's seq that this state reflects. */
  readonly seq: number;
}

export interface WatchHandlers<N extends ViewName> {
  /** The next update comes only after this returned (or its promise settled). */
  onUpdate(update: ViewUpdate<N>): void | Promise<void>;
  /** The watch ended for good: refused, or the view is gone. */
  onEnd(fault: Fault | null): void;
  /** The screen fell behind and updates were merged; called once per falling behind. */
  onLagged?(): void;
}

/** What calls a call off: an `AbortSignal` fits, wherever one exists. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export type LinkState = 'connecting' | 'open' | 'lost';

/** The only door from a screen to the engine: the same over every transport. */
export interface ConsoleClient {
  command<N extends CommandName>(
    name: N,
    input: CommandInput<N>,
    signal?: CancelSignal,
  ): Promise<CommandOutput<N>>;
  query<N extends QueryName>(
    name: N,
    input: QueryInput<N>,
    signal?: CancelSignal,
  ): Promise<QueryOutput<N>>;
  /** Survives reconnects with a new snapshot. Returns the function that ends the watch. */
  watch<N extends ViewName>(name: N, input: ViewInput<N>, handlers: WatchHandlers<N>): () => void;
  /** Tells the state now, and every change. Returns the function that ends it. */
  onLink(listener: (state: LinkState) => void): () => void;
}
