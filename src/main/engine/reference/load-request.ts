import type { DatasetName, PersonalDataset } from '../../../shared/domain/permit.ts';
import type { RefusedRow } from './parse.ts';

/** A dataset as the journal has it in force; version 0 and no rows before the first. */
export interface DatasetNow {
  readonly version: number;
  /** SHA-256 of the text it came from, in hex. */
  readonly hash: string;
  readonly rows: number;
}

/** What the loading thread is asked: a file or a text, and what is in force before it. */
export interface LoadRequest {
  readonly dataset: DatasetName;
  readonly format: 'csv' | 'json';
  readonly mode: 'full' | 'delta';
  readonly path: string | null;
  readonly text: string | null;
  readonly inForce: DatasetNow;
  /** The version of the admission list in force, which new passes are held against; 0 = none. */
  readonly admissionList: number;
  /** A text that need not be loaded either, besides the one in force; empty for none. */
  readonly knownHash: string;
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

/** What the loading thread is asked to erase, or only to count. */
export interface EraseRequest {
  readonly whose: Whose;
  /** The version of each dataset in force. */
  readonly inForce: Readonly<Record<PersonalDataset, number>>;
  readonly countOnly: boolean;
}

export type Whose =
  | { readonly person: string }
  | {
      /** Whose last permit ended before this, ms. */
      readonly beforeMs: number;
      readonly nowMs: number;
      /** Persons who stay all the same: they are inside, or their case is open. */
      readonly keep: readonly string[];
    };

/** Of each dataset: the rows that went, and how many were in force before and after. */
export type ErasedRows = Readonly<
  Record<
    PersonalDataset,
    { readonly erased: number; readonly before: number; readonly left: number }
  >
>;
