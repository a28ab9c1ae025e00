import { z } from 'zod';

/**
 * What a lane's gate can be told: `open` once; `lock` (normally closed: opens for nobody);
 * `hold` (normally open); `control` (back to deciding each crossing).
 */
export const GateAction = z.enum(['open', 'lock', 'hold', 'control']);
export type GateAction = z.infer<typeof GateAction>;

/** The mode a door is in, as its board shows it. */
export const DoorMode = z.enum(['controlled', 'locked', 'held']);
export type DoorMode = z.infer<typeof DoorMode>;

/** How far a gate command has come. */
export const CommandStage = z.enum([
  'requested',
  'sent',
  'accepted',
  'confirmed',
  'failed',
  'expired',
  'unknown',
]);
export type CommandStage = z.infer<typeof CommandStage>;
