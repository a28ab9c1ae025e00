import type { SiteCheckpoint, SiteLane } from '../../../shared/domain/site.ts';

/** A gate that stood open for everybody at some moment. */
export interface HeldThen {
  /** As it led then. */
  readonly at: { readonly lane: SiteLane; readonly checkpoint: SiteCheckpoint };
  /**
   * When its board let somebody in by their badge last whose leaf was not heard of by then, by the
   * board's clock, ms; null for nobody.
   */
  readonly namedMs: number | null;
}
