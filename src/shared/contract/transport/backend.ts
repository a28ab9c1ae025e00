import type { Fault, Result } from '../../lib/result.ts';
import type { Session } from '../commands.ts';
import type { WireUpdate } from './protocol.ts';

/** Who calls: the workstation that the connection came from, and who is signed in there. */
export interface Caller {
  readonly workstation: string;
  readonly session: Session | null;
}

/** Where a view's changes go. A call after `end`, or after the watch was stopped, does nothing. */
export interface WatchSink {
  /** The first update is a snapshot. */
  update(update: WireUpdate): void;
  /** The watch is over: null when nothing went wrong. What was not sent yet is sent first. */
  end(fault: Fault | null): void;
}

/**
 * The engine as the transport sees it. Names are known, roles are checked and inputs are parsed
 * when they come here; outputs are trusted.
 */
export interface Backend {
  command(name: string, input: unknown, caller: Caller): Promise<Result<unknown>>;
  query(name: string, input: unknown, caller: Caller): Promise<Result<unknown>>;
  /** Returns the function that ends the watch. */
  watch(name: string, input: unknown, caller: Caller, sink: WatchSink): () => void;
  /** Who is signed in at a workstation now; null when nobody is or the session ran out. */
  sessionOf(workstation: string): Session | null;
}

/** What an engine needs to start. `safe`: no drivers, since it failed too often before. */
export interface EngineOptions {
  readonly dataDir: string;
  readonly siteFile: string;
  readonly safe: boolean;
  /** The data folder's key where the window had it unsealed; else it is looked for in a file. */
  readonly storeKey?: Uint8Array | undefined;
  readonly log: (line: string) => void;
}

export interface RunningEngine {
  readonly backend: Backend;
  stop(): Promise<void>;
}

/** Starts the engine in this process, or says why it cannot. */
export type StartEngine = (options: EngineOptions) => Promise<Result<RunningEngine>>;
