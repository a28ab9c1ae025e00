import type { Authority } from '../../../shared/domain/authority.ts';
import type { DraftId, UserId } from '../../../shared/domain/ids.ts';

/** The regime as its versions stand now. */
export interface RegimeNow {
  readonly id: string;
  /** Who stands on either side, where a change needs one person of each. */
  readonly eachSide: { readonly first: Authority; readonly home: Authority } | null;
  /** The highest version that decides, did, or is enacted to. */
  readonly highest: number;
  /** From when on the newest enacted version decides, ms; null where none was enacted. */
  readonly enactedFromMs: number | null;
  /** Versions that may still come in force. */
  readonly waiting: readonly { readonly draft: DraftId; readonly version: number }[];
}

/** A version that was handed in, and how far it has come. */
export interface DraftNow {
  readonly draft: DraftId;
  readonly regime: string;
  readonly version: number;
  readonly hash: string;
  readonly effectiveFromMs: number;
  readonly state: 'drafted' | 'proposed' | 'enacted' | 'withdrawn';
  readonly fromMs: number | null;
  readonly proposedBy: UserId | null;
  readonly proposedSide: Authority | null;
}
