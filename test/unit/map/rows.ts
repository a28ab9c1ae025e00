import type { LaneNow, QueueRow } from '../../../src/shared/contract/views.ts';
import type {
  CheckpointId,
  CommandId,
  CrossingId,
  LaneId,
} from '../../../src/shared/domain/ids.ts';
import type { Priority } from '../../../src/shared/domain/incident.ts';

/** What a test wants to be different from a calm lane. */
export interface LaneChange {
  readonly lane?: string | undefined;
  readonly checkpoint?: string | undefined;
  readonly mode?: LaneNow['mode'] | undefined;
  readonly door?: LaneNow['door'] | undefined;
  readonly online?: boolean | undefined;
  readonly heardAgoMs?: number | null | undefined;
  readonly crossing?: NonNullable<LaneNow['crossing']>['state'] | undefined;
  readonly stage?: NonNullable<LaneNow['command']>['stage'] | undefined;
  readonly priority?: Priority | undefined;
  readonly perMinute?: number | undefined;
}

/** A calm, fresh lane, but for the change. */
export function laneRow(change: LaneChange): LaneNow {
  return {
    lane: (change.lane ?? 'L1') as LaneId,
    checkpoint: (change.checkpoint ?? 'C1') as CheckpointId,
    direction: 'in',
    mode: change.mode === undefined ? 'controlled' : change.mode,
    door: change.door ?? 'closed',
    heardAgoMs: change.heardAgoMs === undefined ? 400 : change.heardAgoMs,
    online: change.online ?? true,
    fire: false,
    crossing: change.crossing
      ? { id: 'X1-1' as CrossingId, state: change.crossing, class: 'special-pass' }
      : null,
    command: change.stage
      ? { id: 'G1-1' as CommandId, action: 'open', stage: change.stage, atMs: 0, text: null }
      : null,
    perMinute: change.perMinute ?? 0,
    today: 0,
    openIncidents: change.priority ? 1 : 0,
    openExceptions: 0,
    highestIncident: change.priority ?? null,
    highestException: null,
    highestPriority: change.priority ?? null,
  };
}

/** An incident of the queue at a lane, a checkpoint or nowhere. */
export function queueRow(
  id: string,
  priority: Priority,
  openedMs: number,
  where: { lane?: string; checkpoint?: string } = {},
): QueueRow {
  return {
    type: 'incident',
    id: id as Extract<QueueRow, { type: 'incident' }>['id'],
    incident: 'door-forced',
    state: 'raised',
    priority,
    openedMs,
    lane: (where.lane ?? null) as LaneId | null,
    checkpoint: (where.checkpoint ?? null) as CheckpointId | null,
    board: null,
    crossing: null,
    timing: 'live',
    count: 1,
    params: {},
  };
}
