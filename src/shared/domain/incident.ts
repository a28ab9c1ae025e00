import { z } from 'zod';

/** 1 urgent ▲, 2 high ◆, 3 medium ■, 4 low ●. */
export const Priority = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export type Priority = z.infer<typeof Priority>;

export const INCIDENT_TYPES = [
  'door-forced',
  'door-open-too-long',
  'door-followed',
  'fire-input',
  'evacuation',
  'lockdown',
  'tamper',
  'board-offline',
  'board-gap',
  'events-lost',
  'clock-drift',
  'gate-command-unknown',
  'gate-command-expired',
  'gate-command-failed',
  'passage-unknown',
  'counted-twice',
  'impossible-order',
  'opened-though-not-entitled',
  'overstay',
  'visitor-alone',
  'joint-slow',
  'day-return-soon',
  'day-return-overdue',
  'centre-fork',
  'centre-refused',
  'centre-second-console',
  'centre-went-back',
  'centre-epoch',
  'centre-upkeep',
  'intake-overflow',
  'log-too-long',
  'disk-space-low',
  'disk-space-very-low',
  'disk-full',
  'lock-tampered',
  'route-broken',
  'balance-negative',
  'custody-impossible',
  'audit-overdue',
  'deferral-overdue',
  'filing-overdue',
  'reported-by-person',
] as const;
export const IncidentType = z.enum(INCIDENT_TYPES);
export type IncidentType = z.infer<typeof IncidentType>;

export const IncidentState = z.enum(['raised', 'acknowledged', 'resolved']);
export type IncidentState = z.infer<typeof IncidentState>;
