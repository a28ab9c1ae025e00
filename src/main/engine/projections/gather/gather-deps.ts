import type { ReferenceLookup } from '../../reference/lookup.ts';
import type { ReadableDb } from '../../store/database.ts';
import type { JournalFiles } from '../journal-files.ts';
import type { RegimeSource } from './regimes.ts';
import type { SiteIndex } from './site-index.ts';
import type { LiveBoard } from './told-due.ts';

export interface GatherDeps {
  readonly db: ReadableDb;
  readonly reference: ReferenceLookup;
  readonly site: SiteIndex;
  readonly regimes: RegimeSource;
  readonly boot: string;
  /** Every file of the journal; left out where there is only `db`. */
  readonly segments?: JournalFiles | undefined;
  /**
   * A board as its driver knows it now: when it last answered, until when one that remembers
   * nothing was last not looked at. Left out where no driver runs.
   */
  readonly board?: ((board: string) => LiveBoard | null) | undefined;
}
