import type { Timing } from '../../../../shared/domain/crossing.ts';
import {
  type BoardId,
  type CheckpointId,
  type CrossingId,
  type IncidentId,
  incidentId,
  type TextId,
} from '../../../../shared/domain/ids.ts';
import type { IncidentType, Priority } from '../../../../shared/domain/incident.ts';
import type { EventList, Moment } from '../event-list.ts';
import type { LaneFacts, OpenIncident } from '../facts.ts';

/** How urgent each type is unless a person says otherwise: 1 urgent … 4 low. */
const PRIORITY: Readonly<Record<IncidentType, Priority>> = {
  'door-forced': 1,
  'fire-input': 1,
  evacuation: 1,
  lockdown: 1,
  'centre-fork': 1,
  'centre-second-console': 1,
  'disk-full': 1,
  tamper: 2,
  'door-followed': 2,
  'board-offline': 2,
  'passage-unknown': 2,
  'counted-twice': 2,
  'gate-command-unknown': 2,
  'impossible-order': 2,
  'visitor-alone': 2,
  'opened-though-not-entitled': 2,
  'events-lost': 2,
  'centre-refused': 2,
  'centre-epoch': 2,
  'intake-overflow': 2,
  'log-too-long': 2,
  'disk-space-very-low': 2,
  'disk-space-low': 3,
  'lock-tampered': 1,
  'route-broken': 2,
  'balance-negative': 2,
  'custody-impossible': 2,
  'audit-overdue': 3,
  'deferral-overdue': 3,
  'door-open-too-long': 3,
  'board-gap': 3,
  'centre-went-back': 3,
  'centre-upkeep': 3,
  'gate-command-expired': 3,
  'gate-command-failed': 3,
  overstay: 3,
  'day-return-overdue': 3,
  'reported-by-person': 3,
  'filing-overdue': 3,
  'clock-drift': 4,
  'joint-slow': 4,
  'day-return-soon': 4,
};

export interface NewIncident {
  readonly type: IncidentType;
  readonly at?: LaneFacts | null | undefined;
  readonly checkpoint?: CheckpointId | null | undefined;
  readonly board?: BoardId | null | undefined;
  readonly crossing?: CrossingId | null | undefined;
  readonly timing?: Timing | undefined;
  readonly priority?: Priority | undefined;
  readonly note?: TextId | null | undefined;
  readonly params?: Readonly<Record<string, string | number>> | undefined;
  readonly deviceAt?: number | undefined;
}

/**
 * Raises an incident, or counts a repeat while one of the same type and place is still open. What
 * is live is never counted under one that came late: that one is silent, and this must be heard.
 */
export function raise(
  list: EventList,
  moment: Moment,
  open: readonly OpenIncident[],
  incident: NewIncident,
): IncidentId {
  const timing = incident.timing ?? 'live';
  const same = open.find(
    (known) => known.type === incident.type && (timing === 'late' || known.timing === 'live'),
  );
  if (same !== undefined) {
    list.add('incident.repeated', { incident: same.incident, timing });
    return same.incident;
  }
  const id = incidentId(moment.epoch, list.nextSeq);
  list.add(
    'incident.raised',
    {
      incident: id,
      type: incident.type,
      priority: incident.priority ?? PRIORITY[incident.type],
      checkpoint: incident.checkpoint ?? incident.at?.checkpoint.id ?? null,
      lane: incident.at?.lane.id ?? null,
      board: incident.board ?? null,
      crossing: incident.crossing ?? null,
      timing,
      note: incident.note ?? null,
      params: { ...incident.params },
    },
    { deviceAt: incident.deviceAt },
  );
  return id;
}

/**
 * Somebody of a form may be counted a second time, without a name, and nobody can tell by which
 * passage. All of it was long ago, so that nothing sounds.
 */
export function raiseUnsure(
  list: EventList,
  moment: Moment,
  about: Pick<NewIncident, 'at' | 'crossing' | 'deviceAt'>,
  open: readonly OpenIncident[],
): void {
  raise(list, moment, open, { ...about, type: 'counted-twice', timing: 'late' });
}
