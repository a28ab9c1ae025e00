import type { FilingId, IncidentId } from '../../../shared/domain/ids.ts';
import type { VirtualArea } from '../../../shared/domain/virtual-area.ts';

/** What a person's word about a virtual area acts on. */
export interface VirtualFacts {
  /** Null where the site has no such area; of a declaration and a filing only. */
  readonly area: VirtualArea | null;
  readonly isEnterpriseKnown: boolean;
  /** Null where there is no such filing; of an answer only. */
  readonly filing: {
    readonly filing: FilingId;
    readonly isAnswered: boolean;
    /** That it was overdue, where nobody has resolved that. */
    readonly incident: IncidentId | null;
  } | null;
}

/** A filing that was to be answered by now. */
export interface FilingDue {
  readonly filing: FilingId;
  readonly reference: string;
}
