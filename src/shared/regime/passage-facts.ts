import type { EnterpriseId } from '../domain/ids.ts';
import type { Direction, Line, SubjectKind } from '../domain/line.ts';
import type { Place } from '../domain/place.ts';

/** What is known of a passage, whoever or whatever asks for it. */
export interface PassageFacts {
  /** The moment of the decision on the zone's calendar, ms since 1970. */
  readonly atMs: number;
  readonly line: Line;
  readonly direction: Direction;
  readonly from: Place;
  readonly to: Place;
  /** What the lane takes. */
  readonly laneTakes: readonly SubjectKind[];
  /** True while the lane's gate is locked by order: nobody goes through, whatever the rule says. */
  readonly laneLocked: boolean;
  /** The badge was held to the reader of the other side than the lane now leads from. */
  readonly laneWrongWay?: boolean | undefined;
  /** Another lane of its interlock is open, or somebody is on the way through it. */
  readonly laneInterlocked?: boolean | undefined;
  /**
   * What the person, or the goods' enterprise, has used in the allowance's period, with what is
   * under way or may have gone through: crossings, or cents. Left out where nothing counts.
   */
  readonly allowanceUsed?: number | null | undefined;
}

/** One line of a roster (an institution's, a park's tenants, a trade list), ms since 1970. */
export interface RosterEntry {
  readonly roster: string;
  readonly fromMs: number;
  /** Exclusive; null = until struck off. */
  readonly toMs: number | null;
}

/** The enterprise that a consignment belongs to, as its datasets have it at this moment. */
export interface EnterpriseFacts {
  readonly enterprise: EnterpriseId;
  /** Its entry in the zone's register; null = none. */
  readonly registered: { readonly fromMs: number; readonly toMs: number | null } | null;
  /** Its entries in rosters; null where this console has no roster. */
  readonly roster: readonly RosterEntry[] | null;
}
