import type { GateAction } from '../../../../shared/domain/gate.ts';
import { type CommandId, commandId, type TextId } from '../../../../shared/domain/ids.ts';
import type { EventList, Moment } from '../event-list.ts';
import type { LaneFacts } from '../facts.ts';
import { SEND_WITHIN_MS } from '../timing.ts';

/** Asks for something of a lane's gate that is no crossing's; the event's actor is who asks. */
export function orderGate(
  list: EventList,
  { lane }: LaneFacts,
  action: GateAction,
  reason: TextId | null,
  moment: Moment,
): CommandId {
  const command = commandId(moment.epoch, list.nextSeq);
  const { id, board, door, openS } = lane;
  const target = { command, lane: id, board, door, openS };
  const deadlineMono = Math.round(moment.monoMs + SEND_WITHIN_MS);
  list.add('gate.requested', { ...target, action, crossing: null, reason, deadlineMono });
  return command;
}
