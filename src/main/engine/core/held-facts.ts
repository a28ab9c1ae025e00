import type { PassageId } from '../../../shared/domain/ids.ts';
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

/** What is known of the moment that a form tells of, at a gate that may have stood open. */
export interface OpenGateThen {
  /** The gate is known to have stood open for everybody then. */
  readonly wasOpen: boolean;
  /** Passages counted without a name that the form may tell of, the earliest first. */
  readonly passages: readonly PassageId[];
}
