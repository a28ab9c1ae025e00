import type { DatasetName } from '../../../shared/domain/permit.ts';
import type { RefusedRow } from './parse.ts';

/** What the loading thread is asked: a file or a text, and the version in force before it. */
export interface LoadRequest {
  readonly dataset: DatasetName;
  readonly format: 'csv' | 'json';
  readonly mode: 'full' | 'delta';
  readonly path: string | null;
  readonly text: string | null;
  readonly inForce: number;
  /** The hash of the text in force: the same text is not loaded again. */
  readonly inForceHash: string;
}

/** A staged version: invisible until the journal puts it in force. */
export interface Loaded {
  readonly dataset: DatasetName;
  readonly version: number;
  readonly rows: number;
  readonly changed: number;
  readonly refused: readonly RefusedRow[];
  readonly refusedCount: number;
  /** SHA-256 of the text that was loaded, in hex. */
  readonly hash: string;
  /** False when the very text is in force already: nothing was staged. */
  readonly fresh: boolean;
}
