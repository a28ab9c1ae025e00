import type { ErasureScope } from '../../../shared/domain/retention.ts';

/** What the erasing thread is asked, once. */
export interface ErasingAsk {
  readonly dataDir: string;
  readonly what:
    | {
        readonly do: 'erase-texts' | 'count-texts';
        readonly scope: ErasureScope;
        /** The permits of the scope's person. */
        readonly permits: readonly string[];
      }
    | { readonly do: 'whom-to-keep' };
}

/** Texts in the file that is written are the writer's to delete. */
export interface ErasedTexts {
  readonly texts: number;
  readonly live: { readonly ordinal: number; readonly texts: readonly string[] };
}
