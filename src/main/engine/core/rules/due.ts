import { EventList, type Moment } from '../event-list.ts';
import type { DueFacts } from '../facts.ts';
import { lapse, movement } from './crossing-moves.ts';
import { raise } from './incident.ts';

/** Deadlines that have passed: crossings not opened or not taken, exceptions nobody decided. */
export function decideDue(facts: DueFacts, moment: Moment): EventList {
  const list = new EventList(moment);
  for (const crossing of facts.crossings) {
    const base = movement(crossing);
    if (crossing.state === 'opened') {
      list.add('crossing.not-taken', { ...base, why: 'nobody-passed' });
    } else if (crossing.command === null || isSettled(crossing.command.stage)) {
      list.add('crossing.not-taken', { ...base, why: 'not-opened' });
    } else {
      list.add('crossing.unknown', { ...base, why: 'gate-silent' });
      const { crossing: id, lane: at } = crossing;
      const about = { at, board: at.lane.board, crossing: id };
      raise(list, moment, [], { ...about, type: 'passage-unknown' });
    }
  }
  for (const exception of facts.exceptions) lapse(list, exception);
  return list;
}

function isSettled(stage: string): boolean {
  return stage === 'failed' || stage === 'expired' || stage === 'confirmed';
}
