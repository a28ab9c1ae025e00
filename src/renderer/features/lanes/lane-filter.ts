import type { LaneNow } from '../../../shared/contract/views.ts';
import { ageState, isSilent } from '../../../shared/domain/age-state.ts';
import type { Line } from '../../../shared/domain/line.ts';
import type { SiteCheckpoint, SiteLane } from '../../../shared/domain/site.ts';

export type LaneShow = 'all' | 'attention' | 'not-controlled';

export interface LaneFilter {
  readonly text: string;
  readonly show: LaneShow;
  readonly line: Line | 'all';
}

/** A lane that wants an eye: somebody waits, an open incident, a gate forced, fire, or silence. */
export function needsAttention(lane: LaneNow): boolean {
  return (
    lane.openIncidents > 0 ||
    lane.openExceptions > 0 ||
    lane.fire ||
    lane.door === 'forced' ||
    isSilent(ageState(lane.heardAgoMs, lane.online))
  );
}

function shown(lane: LaneNow | undefined, show: LaneShow): boolean {
  if (show === 'all') return true;
  if (lane === undefined) return show === 'attention';
  if (show === 'attention') return needsAttention(lane);
  return lane.mode === 'locked' || lane.mode === 'held';
}

export interface LaneGroup {
  readonly checkpoint: SiteCheckpoint;
  readonly lanes: readonly SiteLane[];
}

/** Lanes by checkpoint, in the site's order; checkpoints without a matching lane are left out. */
export function laneGroups(
  checkpoints: readonly SiteCheckpoint[],
  lanes: readonly SiteLane[],
  now: ReadonlyMap<string, LaneNow>,
  filter: LaneFilter,
  nameOf: (lane: SiteLane) => string,
): readonly LaneGroup[] {
  const wanted = filter.text.trim().toLowerCase();
  return checkpoints
    .filter((one) => filter.line === 'all' || one.line === filter.line)
    .map((checkpoint) => ({
      checkpoint,
      lanes: lanes.filter(
        (lane) =>
          lane.checkpoint === checkpoint.id &&
          shown(now.get(lane.id), filter.show) &&
          (wanted === '' || `${nameOf(lane)} ${lane.id}`.toLowerCase().includes(wanted)),
      ),
    }))
    .filter((group) => group.lanes.length > 0);
}
