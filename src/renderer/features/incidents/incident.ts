import type { IncidentRow } from '../../../shared/contract/queries.ts';
import type { QueueRow } from '../../../shared/contract/views.ts';
import type { CheckpointId, CrossingId, IncidentId, LaneId } from '../../../shared/domain/ids.ts';
import type { IncidentState, IncidentType, Priority } from '../../../shared/domain/incident.ts';
import { useNames } from '../../live/names.ts';
import { useWords, type WordParams } from '../../words/words.ts';

/** An incident of the queue or of the history, in one shape. */
export interface Incident {
  readonly id: IncidentId;
  readonly type: IncidentType;
  readonly priority: Priority;
  readonly state: IncidentState;
  readonly openedMs: number;
  readonly checkpoint: CheckpointId | null;
  readonly lane: LaneId | null;
  readonly board: string | null;
  readonly crossing: CrossingId | null;
  readonly timing: 'live' | 'late';
  readonly count: number;
  readonly params: WordParams;
  /** Who acknowledged and resolved it: known from the history only. */
  readonly past: IncidentRow | null;
}

export function fromQueue(row: Extract<QueueRow, { type: 'incident' }>): Incident {
  return { ...row, type: row.incident, past: null };
}

export function fromHistory(row: IncidentRow): Incident {
  return { ...row, id: row.incident, past: row };
}

/** Where an incident is: its lane, else its checkpoint, else its board, else nowhere. */
export function usePlaceText(): (incident: Incident) => string {
  const names = useNames();
  const { t } = useWords();
  return ({ lane, checkpoint, board }) => {
    if (lane !== null) return names.lane(lane);
    if (checkpoint !== null) return names.checkpoint(checkpoint);
    return board === null ? t('incidents.nowhere') : `${t('incidents.board')} ${board}`;
  };
}
