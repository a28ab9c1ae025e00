import type { SwipeEvent } from '../../../../shared/domain/device-report.ts';
import { type CrossingId, crossingId } from '../../../../shared/domain/ids.ts';
import { evaluate } from '../../../../shared/regime/evaluate.ts';
import type { CrossingFacts } from '../../../../shared/regime/facts.ts';
import type { EventList, Moment } from '../event-list.ts';
import type { LaneFacts, SwipeFacts } from '../facts.ts';
import { raise } from './incident.ts';

/**
 * A crossing that happened without our verdict: the board decided alone, or the read reached us
 * late. It is written down with what the regime would have said; presence moves only when it is
 * newer than the person's last known event.
 */
export function recordCrossing(
  list: EventList,
  facts: SwipeFacts,
  at: LaneFacts,
  crossing: CrossingFacts,
  swipe: SwipeEvent,
  moment: Moment,
): void {
  const id = crossingId(moment.epoch, list.nextSeq);
  const verdict = evaluate(facts.regime, crossing);
  const newer = facts.lastHappenedMs === null || swipe.deviceAtMs > facts.lastHappenedMs;
  const movesPresence = swipe.granted && crossing.person !== null && newer;
  list.add(
    'crossing.recorded',
    {
      crossing: id,
      lane: at.lane.id,
      person: crossing.person,
      from: crossing.from,
      to: crossing.to,
      board: swipe.board,
      index: swipe.index,
      credential: swipe.credential,
      line: at.checkpoint.line,
      direction: at.lane.direction,
      checkpoint: at.checkpoint.id,
      class: crossing.class,
      permit: facts.permit,
      permitStatus: facts.relied.permitStatus,
      granted: swipe.granted,
      boardReason: swipe.reason,
      entitled: verdict.verdict === 'admit',
      movesPresence,
      regimeVersion: verdict.regimeVersion,
      reasons: [...verdict.reasons],
    },
    { deviceAt: swipe.deviceAtMs },
  );
  if (swipe.granted) doubt(list, at, crossing, swipe, id, movesPresence, moment);
}

/** What a person must look at afterwards: who went through unentitled, and orders that cannot be. */
function doubt(
  list: EventList,
  at: LaneFacts,
  crossing: CrossingFacts,
  swipe: SwipeEvent,
  id: CrossingId,
  movesPresence: boolean,
  moment: Moment,
): void {
  const about = { at, crossing: id, timing: 'late', deviceAt: swipe.deviceAtMs } as const;
  const { permit, suspended, watchlisted } = crossing;
  if (permit === null || permit.status !== 'active' || suspended.permit || watchlisted) {
    raise(list, moment, [], { ...about, type: 'opened-though-not-entitled' });
  }
  const place = crossing.presence.place;
  if (movesPresence && place !== null && place !== crossing.from) {
    raise(list, moment, [], { ...about, type: 'impossible-order', params: { place } });
  }
}
