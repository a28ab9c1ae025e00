import type { Authority } from '../../../shared/domain/authority.ts';
import type { DoorMode } from '../../../shared/domain/gate.ts';
import type { AreaId, LaneId, LockdownId, UserId } from '../../../shared/domain/ids.ts';
import type { LockdownExits } from '../../../shared/domain/lockdown.ts';

/** A lockdown that is proposed, or holds. */
export interface OpenLockdown {
  readonly lockdown: LockdownId;
  readonly state: 'proposed' | 'in-force' | 'ending';
  readonly area: AreaId | null;
  readonly exits: LockdownExits;
  /** Who proposed what is not confirmed yet. */
  readonly proposedBy: UserId;
  readonly proposedSide: Authority | null;
  readonly lanes: readonly LaneId[];
  readonly lockedBefore: readonly LaneId[];
}

export interface LockdownFacts {
  /** Null where none is proposed and none holds. */
  readonly now: OpenLockdown | null;
  /** Who stands on either side, where it needs one person of each. */
  readonly eachSide: { readonly first: Authority; readonly home: Authority } | null;
  readonly modes: ReadonlyMap<LaneId, DoorMode | null>;
  /** Lanes whose board's fire input is on. */
  readonly onFire: ReadonlySet<LaneId>;
}
