import type { Fault } from '../../lib/result.ts';
import type { ConsoleClient, LinkState } from '../client.ts';
import type { Carrier, LinkTimers } from './carrier.ts';
import type { WireUpdate } from './protocol.ts';
import { type ClientOptions, createRawClient, type RawClient } from './raw-client.ts';

/** A client that can be ended. */
export interface LinkedClient extends ConsoleClient {
  /** Ends the connection for good: rejects all calls, ends all watches. */
  close(): void;
}

/** The contract's client over whatever `connect` gives: see `createRawClient`. */
export function createClient(
  connect: () => Promise<Carrier>,
  timers: LinkTimers,
  options: ClientOptions = {},
): LinkedClient {
  return withContract(createRawClient(connect, timers, options));
}

interface AnyHandlers {
  onUpdate(update: unknown): void | Promise<void>;
  onEnd(fault: Fault | null): void;
  onLagged?(): void;
}

/**
 * Puts the contract's types on the three verbs. The engine's outputs are trusted, so this is the
 * one place where what came is taken for what the contract says.
 */
export function withContract(raw: RawClient): LinkedClient {
  const client = {
    command: raw.command.bind(raw),
    query: raw.query.bind(raw),
    watch: (name: string, input: unknown, handlers: AnyHandlers) =>
      raw.watch(name, input, {
        onUpdate: (update: WireUpdate) =>
          handlers.onUpdate({ ...update, set: new Map(Object.entries(update.set)) }),
        onEnd: (fault) => handlers.onEnd(fault),
        onLagged: () => handlers.onLagged?.(),
      }),
    onLink: (listener: (state: LinkState) => void) => raw.onLink(listener),
    close: () => raw.close(),
  };
  return client as LinkedClient;
}
