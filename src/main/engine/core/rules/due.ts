import { EventList, type Moment } from '../event-list.ts';
import type { CommandNow, DueFacts } from '../facts.ts';
import { lapse, movement, unknown } from './crossing-moves.ts';
import { tellDayReturns } from './day-return.ts';
import { tellAlone } from './escort.ts';
import { raise } from './incident.ts';
import { tellFilings } from './virtual-area.ts';

/**
 * Deadlines that have passed: crossings not opened or not taken, exceptions nobody decided. An open
 * gate whose board was silent meanwhile may have let somebody through: that is unknown until a late
 * door event or a person says so.
 */
export function decideDue(facts: DueFacts, moment: Moment): EventList {
  const list = new EventList(moment);
  for (const crossing of facts.crossings) {
    const base = movement(crossing);
    if (crossing.sharedLeaves > 0) {
      unknown(list, crossing, 'shared-leaf', moment);
    } else if (crossing.state === 'opened' && crossing.heard) {
      list.add('crossing.not-taken', { ...base, why: 'nobody-passed' });
    } else if (crossing.state !== 'opened' && neverOpened(crossing.command)) {
      list.add('crossing.not-taken', { ...base, why: 'not-opened' });
    } else {
      unknown(list, crossing, 'gate-silent', moment);
    }
  }
  for (const exception of facts.exceptions) lapse(list, exception);
  if (facts.dayReturn !== undefined) tellDayReturns(list, facts.dayReturn, moment);
  tellAlone(list, facts.alone ?? [], moment);
  tellFilings(list, facts.filings ?? [], moment);
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
