import type { ReadableDb } from '../store/database.ts';

/** The files of the journal as whoever looks further back than the written one sees them. */
export interface JournalFiles {
  /** Oldest first; the last one is written. */
  readonly all: readonly { readonly db: ReadableDb }[];
}
