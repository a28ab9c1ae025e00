import { z } from 'zod';

/**
 * What a lane's gate can be told: `open` once; `lock` (normally closed: opens for nobody);
 * `hold` (normally open); `control` (back to deciding each crossing). A lane that is fit for both
 * ways can be turned: `reverse` against the direction of the site file, `forward` back to it.
 */
export const GateAction = z.enum(['open', 'lock', 'hold', 'control', 'reverse', 'forward']);
export type GateAction = z.infer<typeof GateAction>;

/** What turns a lane; the mode of its door stays as it is. */
export type TurnAction = Extract<GateAction, 'reverse' | 'forward'>;
/** What brings a door into a mode. */
export type ModeAction = Exclude<GateAction, 'open' | TurnAction>;

export function isTurn(action: GateAction): action is TurnAction {
  return action === 'reverse' || action === 'forward';
}

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
