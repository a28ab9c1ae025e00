import type { DatasetName, PersonalDataset } from '../../../shared/domain/permit.ts';
import type { Actor } from '../../../shared/journal/envelope.ts';
import type { RefusedRow } from './parse.ts';

/** A dataset as the journal has it in force; version 0 and no rows before the first. */
export interface DatasetNow {
  readonly version: number;
  /** SHA-256 of the text it came from, in hex. */
  readonly hash: string;
  readonly rows: number;
}

/**
 * What is to come of a text: `nothing`, it is only looked at; `all` of it, unless a row is bad; its
 * good rows, since a person says so; or what a file of the site says, its bad rows left out.
 */
export type Take = 'nothing' | 'all' | 'good-rows' | 'file';

/** What became of it. `same`: it would change nothing. `bad-rows`: it was to be taken whole. */
export type Outcome = 'looked-at' | 'staged' | 'same' | 'bad-rows';

/** What a text says of one key, held against what is in force. */
export type RowChange = 'new' | 'changed' | 'same' | 'gone';

/** How many keys a text changes in which way, and the first of those that it changes. */
export interface Changes {
  readonly counts: Readonly<Record<RowChange, number>>;
  readonly examples: readonly { readonly key: string; readonly change: RowChange }[];
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
  readonly take: Take;
  /** Bad rows that are listed, beyond the usual few. */
  readonly listed?: number | undefined;
  /** A text that need not be loaded either, besides the one in force; empty for none. */
  readonly knownHash: string;
}

/** A staged version: invisible until the journal puts it in force. */
export interface Loaded {
  readonly dataset: DatasetName;
  /** Where nothing was staged, the version in force. */
  readonly version: number;
  /** Rows once it is, or would be, in force. */
  readonly rows: number;
  readonly changed: number;
  readonly refused: readonly RefusedRow[];
  readonly refusedCount: number;
  /** SHA-256 of the text that was loaded, in hex. */
  readonly hash: string;
  /** False where nothing was staged that is to come in force. */
  readonly fresh: boolean;
  readonly outcome: Outcome;
  readonly changes: Changes;
}

/** Who took a text, and why, where a reason was asked for. */
export interface TakenBy {
  readonly actor: Extract<Actor, { type: 'person' }>;
  readonly text: {
    readonly body: string;
    readonly saltHex: string;
    readonly saltedHash: string;
  } | null;
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
