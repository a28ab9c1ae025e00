import type {
  CommandId,
  CrossingId,
  ExceptionId,
  PermitId,
  PersonId,
} from '../../src/shared/domain/ids.ts';
import type { PersonClass } from '../../src/shared/domain/line.ts';
import type { Place } from '../../src/shared/domain/place.ts';
import type { SiteLane } from '../../src/shared/domain/site.ts';
import type { Reason } from '../../src/shared/regime/requirement.ts';

/** Who crosses in a made-up history; nobody known for a badge that nobody holds. */
export interface Somebody {
  readonly person: PersonId | null;
  readonly permit: PermitId | null;
  readonly class: PersonClass;
}

/** A crossing under way: admitted, perhaps opened. */
export interface Flight extends Somebody {
  readonly crossing: CrossingId;
  readonly lane: SiteLane;
  readonly command: CommandId;
  opened: boolean;
}

export interface Waiting extends Somebody {
  readonly crossing: CrossingId;
  readonly lane: SiteLane;
  readonly exception: ExceptionId;
  readonly reasons: Reason[];
}

export interface Known {
  place: Place | null;
  happenedMs: number | null;
  unknown: CrossingId | null;
}

export const REASONS: readonly Reason[] = [
  { is: 'permit-valid', detail: 'expired', params: { toMs: 1_770_000_000_000 } },
  { is: 'permit-valid', detail: 'no-permit', params: {} },
  { is: 'not-suspended', detail: 'permit', params: {} },
  { is: 'within-hours', detail: 'outside', params: { fromMinute: 360, toMinute: 1320 } },
  { is: 'clearance-granted', detail: 'none', params: {} },
];
/** Who it is, without what else is known of somebody on the way or waiting. */
export function only({ person, permit, class: of }: Somebody): Somebody {
  return { person, permit, class: of };
}

export function movement({ crossing, lane, person }: Flight) {
  return { crossing, lane: lane.id, person, from: lane.from, to: lane.to };
}
