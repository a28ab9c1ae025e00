import type { LaneNow } from '../../shared/contract/views.ts';
import type { GateAction } from '../../shared/domain/gate.ts';
import type { Role } from '../../shared/domain/role.ts';
import type { SiteLane } from '../../shared/domain/site.ts';

const OF_ANY_LANE: readonly GateAction[] = ['open', 'lock', 'hold', 'control'];
const OF_SUPERVISORS: ReadonlySet<GateAction> = new Set(['hold', 'reverse', 'forward']);

/** True where a lane leads against the direction of the site file now. */
export function isTurned(lane: SiteLane, now: LaneNow | undefined): boolean {
  return now !== undefined && now.direction !== lane.direction;
}

/** The places that a lane leads from and to now. */
export function wayOf(lane: SiteLane, now: LaneNow | undefined): Pick<SiteLane, 'from' | 'to'> {
  return isTurned(lane, now) ? { from: lane.to, to: lane.from } : lane;
}

/** What somebody of this role may ask of a lane's gate as the lane is now. */
export function gateActions(
  lane: SiteLane,
  now: LaneNow | undefined,
  role: Role | undefined,
): readonly GateAction[] {
  const turn: GateAction = isTurned(lane, now) ? 'forward' : 'reverse';
  const all = lane.reversible === true ? [...OF_ANY_LANE, turn] : OF_ANY_LANE;
  return role === 'supervisor' ? all : all.filter((action) => !OF_SUPERVISORS.has(action));
}
