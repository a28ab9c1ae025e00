/** A regime file's text that was proven whole for a site; `hash`: SHA-256 of the text. */
export interface ProvenRegime {
  readonly regime: string;
  readonly version: number;
  readonly hash: string;
  readonly effectiveFromMs: number;
}
