import type { Fault } from '../../lib/result.ts';

/**
 * The console's own protocol: three verbs (command, query, watch) over JSON texts. It is ours
 * because a live screen needs one thing that the libraries lack: a snapshot, then the next patch
 * only after the acknowledgement of the last, merged meanwhile.
 */
export const PROTOCOL = 1;

export const LINK_LIMITS = {
  /** A message of anyone who hands in no files. */
  messageChars: 65_536,
  /** A message of an administrator or a supervisor: files of up to 4,000,000 characters. */
  bulkMessageChars: 16_777_216,
  /** Calls of one connection that wait for their answer. */
  openCalls: 32,
  openWatches: 32,
  /** Calls and watches per second that one connection may start, and how many at once. */
  ratePerS: 100,
  rateBurst: 200,
  /** Messages of any kind per second: a screen acknowledges each view's updates at 60 a second. */
  messagesPerS: 2_000,
  /** Updates wait while more than this has not left. */
  heldAtBuffered: 1_048_576,
  /** A connection with more than this before it is too slow and ends. */
  closedAtBuffered: 33_554_432,
  /** The engine pings this often; a side that hears nothing for three times as long hangs up. */
  heartbeatMs: 10_000,
  /** An update that waited this long for its acknowledgement makes the screen lag. */
  laggedAfterMs: 1_000,
  /** How often held updates are tried again. */
  heldRetryMs: 50,
} as const;

export type LinkLimits = { readonly [K in keyof typeof LINK_LIMITS]: number };

/** How many heartbeats may stay out before a side takes the other for gone. */
export const MISSED_HEARTBEATS = 3;

/** What a client sends. `n` counts the updates of one watch. */
export type ClientFrame =
  | {
      readonly t: CallVerb | 'watch';
      readonly id: number;
      readonly name: string;
      readonly input: unknown;
    }
  | { readonly t: 'cancel'; readonly id: number }
  | { readonly t: 'ack'; readonly id: number; readonly n: number }
  | { readonly t: 'pong' };

export type CallVerb = 'command' | 'query';

/** One step of a watched view on its way: rows by key. */
export interface WireUpdate {
  readonly snapshot: boolean;
  readonly set: Record<string, unknown>;
  readonly drop: readonly string[];
  readonly seq: number;
}

/** What the engine's side sends. `bye` comes before it hangs up for a reason. */
export type ServerFrame =
  | { readonly t: 'hello'; readonly protocol: number; readonly heartbeatMs: number }
  | { readonly t: 'ok'; readonly id: number; readonly value: unknown }
  | { readonly t: 'fault'; readonly id: number; readonly fault: Fault }
  | ({ readonly t: 'update'; readonly id: number; readonly n: number } & WireUpdate)
  | { readonly t: 'lagged'; readonly id: number }
  | { readonly t: 'end'; readonly id: number; readonly fault: Fault | null }
  | { readonly t: 'ping' }
  | { readonly t: 'bye'; readonly fault: Fault };
