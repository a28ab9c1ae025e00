import type { FilingId } from '../../../shared/domain/ids.ts';
import type { VirtualArea } from '../../../shared/domain/virtual-area.ts';

/** What a person's word about a virtual area acts on. */
export interface VirtualFacts {
  /** Null where the site has no such area; of a declaration and a filing only. */
  readonly area: VirtualArea | null;
  readonly isEnterpriseKnown: boolean;
  /** Null where there is no such filing; of an answer only. */
  readonly filing: { readonly filing: FilingId; readonly isAnswered: boolean } | null;
}
