import type { AreaNow, LaneNow, QueueRow } from '../../../shared/contract/views.ts';

/** Rows that changed since the last patch; `snapshot`: forget everything before. */
export interface Patch<R> {
  readonly snapshot: boolean;
  readonly set: ReadonlyMap<string, R>;
  readonly drop: readonly string[];
}

/** A live view as the map reads it: patch by patch, past React. */
export interface Patches<R> {
  /** Hears of every patch, beginning with what is known as a snapshot. Returns the end of it. */
  patches(listener: (patch: Patch<R>) => void): () => void;
  /** Monotonic ms when a row last came; null = not known. */
  receivedMs(key: string): number | null;
}

/** Everything live that the map draws. It never asks the engine by itself. */
export interface MapFeed {
  readonly lanes: Patches<LaneNow>;
  readonly areas: Patches<AreaNow>;
  /** Null for those who may not see the queue: an inspector, the wall. */
  readonly queue: Patches<QueueRow> | null;
  /** Monotonic ms when the engine itself was last heard; null = not yet. */
  engineMs(): number | null;
  /** False when the engine itself has not been heard for a while. */
  fresh(): boolean;
}
