import type { Fault } from '../../lib/result.ts';

/**
 * What the process that starts the engine and the engine's own process tell each other. One engine
 * serves all connections; `conn` numbers them and is never used twice.
 */
export type ToEngine =
  | { readonly t: 'open'; readonly conn: number; readonly workstation: string }
  | { readonly t: 'frame'; readonly conn: number; readonly text: string }
  /** How much of what was sent to the connection has not left yet; told when it changes much. */
  | { readonly t: 'buffered'; readonly conn: number; readonly bytes: number }
  | { readonly t: 'close'; readonly conn: number }
  /** The data folder's key in hex: the first message, to an engine that was told it comes. */
  | { readonly t: 'key'; readonly key: string }
  | { readonly t: 'stop' };

export type FromEngine =
  | { readonly t: 'frame'; readonly conn: number; readonly text: string }
  | { readonly t: 'close'; readonly conn: number }
  | { readonly t: 'ready' }
  /** The engine cannot start; it ends after this. */
  | { readonly t: 'failed'; readonly fault: Fault };

/** What the other process said, if it is a message: both are of one build and trust each other. */
export function toEngineMessage(value: unknown): ToEngine | null {
  return isMessage(value) ? (value as ToEngine) : null;
}

export function fromEngineMessage(value: unknown): FromEngine | null {
  return isMessage(value) ? (value as FromEngine) : null;
}

function isMessage(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 't' in value;
}
