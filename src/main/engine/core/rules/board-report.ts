import type {
  BoardState,
  ClockDrift,
  DoorModeShown,
  EventsLost,
  GapFound,
  InputLevels,
} from '../../../../shared/domain/device-report.ts';
import { assertNever } from '../../../../shared/lib/assert.ts';
import { EventList, type Moment } from '../event-list.ts';
import type { BoardReportFacts, LaneFacts } from '../facts.ts';
import { orderGate } from './gate-order.ts';
import { raise } from './incident.ts';
import { lockAgain } from './lockdown.ts';

export type BoardReport =
  | BoardState
  | ClockDrift
  | DoorModeShown
  | EventsLost
  | GapFound
  | InputLevels;

/**
 * There is a fire where these lanes are: whatever lets people out opens and stays open, whatever
 * lets them in shuts. Nothing is taken back when the input falls: a supervisor does that.
 */
function setFree(list: EventList, lanes: readonly LaneFacts[], moment: Moment): void {
  for (const at of lanes) {
    orderGate(list, at, at.lane.onFailure === 'free' ? 'hold' : 'lock', null, moment);
  }
}

/** What a driver tells of a board's state: on line or not, clock, gaps, modes, input levels. */
export function decideBoardReport(
  facts: BoardReportFacts,
  report: BoardReport,
  moment: Moment,
): EventList {
  const list = new EventList(moment);
  const { board } = report;
  // A board stands at the checkpoint of its first lane.
  const place = { board, checkpoint: facts.lanes[0]?.checkpoint.id ?? null };
  const open = facts.openIncidents;
  switch (report.kind) {
    case 'board-state': {
      const { online, version, text } = report;
      list.add('board.state', { board, online, version: version ?? null, text: text ?? null });
      if (!online) raise(list, moment, open, { ...place, type: 'board-offline' });
      else lockAgain(list, facts.lanes, facts, moment);
      break;
    }
    case 'clock': {
      const driftMs = Math.round(report.driftMs);
      list.add('board.clock', { board, driftMs, corrected: report.corrected });
      const params = { seconds: Math.round(driftMs / 1000) };
      raise(list, moment, open, { ...place, type: 'clock-drift', params });
      break;
    }
    case 'gap': {
      const { from, to } = report;
      list.add('board.gap', { board, from, to });
      raise(list, moment, open, { ...place, type: 'board-gap', params: { count: to - from + 1 } });
      break;
    }
    case 'lost': {
      const { from, to, text } = report;
      list.add('board.lost', { board, from, to, text, cleared: report.cleared === true });
      const params = { count: to - from + 1 };
      raise(list, moment, open, { ...place, type: 'events-lost', params });
      break;
    }
    case 'door-mode': {
      const { door, mode } = report;
      const lane = facts.lanes.find((at) => at.lane.door === door)?.lane.id;
      if (lane !== undefined) list.add('gate.mode', { board, door, lane, mode });
      break;
    }
    case 'input-levels': {
      const { fire, forceLock } = report;
      list.add('board.inputs', { board, fire, forceLock });
      if (fire && !facts.fire) setFree(list, facts.lanes, moment);
      if (fire) raise(list, moment, open, { ...place, type: 'fire-input' });
      break;
    }
    default:
      assertNever(report, 'board report');
  }
  return list;
}
