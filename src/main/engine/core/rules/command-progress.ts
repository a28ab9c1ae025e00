import type { CommandProgress } from '../../../../shared/domain/device-report.ts';
import { isTurn } from '../../../../shared/domain/gate.ts';
import { assertNever } from '../../../../shared/lib/assert.ts';
import { EventList, type Moment } from '../event-list.ts';
import type { CommandNow, ProgressFacts } from '../facts.ts';
import { isUnderWay, movement, pass, unknown } from './crossing-moves.ts';
import { raise } from './incident.ts';
import { tellSlow } from './joint.ts';

const FINAL = new Set(['confirmed', 'failed', 'expired', 'unknown']);

/** How a gate command goes on: confirmed only by what the gate shows. */
export function decideProgress(
  facts: ProgressFacts,
  progress: CommandProgress,
  moment: Moment,
): EventList {
  const list = new EventList(moment);
  const { command } = facts;
  if (command === null || FINAL.has(command.stage)) return list;
  const base = { command: command.command, lane: command.lane.lane.id, action: command.action };
  const text = progress.text ?? null;
  const shownBy = progress.shownBy ?? 'relay';
  switch (progress.stage) {
    case 'sent':
      break;
    case 'accepted':
      // A crossing's open command is confirmed within moments; only people wait for this step.
      if (command.crossing === null) list.add('gate.accepted', { ...base, text });
      break;
    case 'confirmed':
      list.add('gate.confirmed', { ...base, shownBy });
      if (isTurn(command.action)) {
        const { lane } = base;
        const reversed = command.action === 'reverse';
        list.add('lane.turned', { lane, reversed, command: command.command });
      }
      opened(list, facts, shownBy, moment);
      break;
    case 'failed':
      list.add('gate.failed', { ...base, text });
      notTaken(list, facts, progress, 'command-failed', moment);
      blame(list, facts, command, 'gate-command-failed', moment);
      break;
    case 'expired':
      list.add('gate.expired', { ...base, text });
      notTaken(list, facts, progress, 'command-expired', moment);
      blame(list, facts, command, 'gate-command-expired', moment);
      break;
    case 'unknown':
      list.add('gate.unknown', { ...base, text });
      if (facts.crossing?.state === 'admitted') {
        list.add('crossing.unknown', { ...movement(facts.crossing), why: 'gate-silent' });
      }
      blame(list, facts, command, 'gate-command-unknown', moment);
      break;
    default:
      assertNever(progress.stage, 'command stage');
  }
  return list;
}

function opened(
  list: EventList,
  facts: ProgressFacts,
  shownBy: 'relay' | 'door' | 'mode',
  moment: Moment,
): void {
  const { crossing, openIncidents } = facts;
  if (crossing?.state !== 'admitted') return;
  list.add('crossing.opened', { ...movement(crossing), shownBy });
  tellSlow(list, crossing, openIncidents, moment);
  if (crossing.lane.lane.passage === 'relay') pass(list, crossing, 'relay', moment);
}

/** A gate that opens for nobody lets nobody through, unless it may have stood open by itself. */
function notTaken(
  list: EventList,
  { crossing, isHeld }: ProgressFacts,
  { unseen }: CommandProgress,
  why: 'command-failed' | 'command-expired',
  moment: Moment,
): void {
  if (crossing === null || !isUnderWay(crossing.state)) return;
  if (unseen === true || isHeld) unknown(list, crossing, 'gate-not-seen', moment);
  else if (crossing.sharedLeaves > 0) unknown(list, crossing, 'shared-leaf', moment);
  else list.add('crossing.not-taken', { ...movement(crossing), why });
}

function blame(
  list: EventList,
  facts: ProgressFacts,
  command: CommandNow,
  type: 'gate-command-failed' | 'gate-command-expired' | 'gate-command-unknown',
  moment: Moment,
): void {
  const { crossing, lane, action } = command;
  const params = { action, command: command.command };
  const board = lane.lane.board;
  raise(list, moment, facts.openIncidents, { type, at: lane, board, crossing, params });
}
