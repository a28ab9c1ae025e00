import { EventList, type Moment } from '../event-list.ts';
import type { CommandNow, DueFacts } from '../facts.ts';
import { lapse, movement } from './crossing-moves.ts';
import { raise } from './incident.ts';

/**
 * Deadlines that have passed: crossings not opened or not taken, exceptions nobody decided. An open
 * gate whose board was silent meanwhile may have let somebody through: that is unknown until a late
 * door event or a person says so.
 */
export function decideDue(facts: DueFacts, moment: Moment): EventList {
  const list = new EventList(moment);
  for (const crossing of facts.crossings) {
    const base = movement(crossing);
    if (crossing.state === 'opened' && crossing.heard) {
      list.add('crossing.not-taken', { ...base, why: 'nobody-passed' });
    } else if (crossing.state !== 'opened' && neverOpened(crossing.command)) {
      list.add('crossing.not-taken', { ...base, why: 'not-opened' });
    } else {
      list.add('crossing.unknown', { ...base, why: 'gate-silent' });
      const { crossing: id, lane: at } = crossing;
      const about = { at, board: at.lane.board, crossing: id };
      raise(list, moment, [], { ...about, type: 'passage-unknown' });
    }
  }
  for (const exception of facts.exceptions) lapse(list, exception);
  for (const { what, crossing, consignment } of facts.goods ?? []) {
    list.add(`${what}.overdue`, { crossing, consignment });
    raise(list, moment, [], { type: `${what}-overdue`, crossing, params: { consignment } });
  }
  return list;
}

/** True where the command's end is known, and the gate showed no opening by it. */
function neverOpened(command: CommandNow | null): boolean {
  if (command === null) return true;
  const { stage } = command;
  return stage === 'failed' || stage === 'expired' || stage === 'confirmed';
}
