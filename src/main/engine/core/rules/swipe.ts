import type { z } from 'zod';
import type { SwipeEvent } from '../../../../shared/domain/device-report.ts';
import { type CrossingId, crossingId, exceptionId } from '../../../../shared/domain/ids.ts';
import type { Relied } from '../../../../shared/journal/crossing-events.ts';
import { assertNever } from '../../../../shared/lib/assert.ts';
import { evaluate } from '../../../../shared/regime/evaluate.ts';
import type { PersonFacts } from '../../../../shared/regime/person-facts.ts';
import { recordOutcomes } from '../../../../shared/regime/recorded-outcomes.ts';
import { EventList, type Moment } from '../event-list.ts';
import type { LaneFacts, SwipeFacts } from '../facts.ts';
import type { CargoRead } from '../goods-facts.ts';
import { isRecordOnly, timingOf } from '../timing.ts';
import { admit } from './admit.ts';
import { isRepeat, listGap } from './board-index.ts';
import { asOne, drawAudits, noteCargo, noteHalf } from './cargo.ts';
import { lapse } from './crossing-moves.ts';
import { readWhere, recordCrossing } from './record-crossing.ts';

/** A badge was read at a board: live it is decided; late, or decided by the board, recorded. */
export function decideSwipe(
  facts: SwipeFacts,
  swipe: SwipeEvent,
  queuedMs: number,
  moment: Moment,
): EventList {
  const list = new EventList(moment);
  if (facts.index !== null) {
    if (isRepeat(swipe.index, facts.index)) return list;
    listGap(list, swipe.board, swipe.index, facts.index);
  }
  const timing = timingOf(swipe, queuedMs);
  const { at, crossing } = facts;
  if (at === null || crossing === null) {
    // A door that the site gives no lane: kept, since an index may not go missing.
    const { board, index, door, reason } = swipe;
    const heard = { board, index, door, lane: null, timing };
    list.add('board.alarm', { ...heard, alarm: 'other', reason }, { deviceAt: swipe.deviceAtMs });
  } else if (isHalf(facts, isRecordOnly(swipe, queuedMs))) {
    noteHalf(list, at, facts.cargo.half, { swipe, timing });
  } else if (isRecordOnly(swipe, queuedMs)) {
    recordCrossing(list, facts, at, crossing, { swipe, timing }, moment);
  } else {
    lapseOlder(list, facts);
    ask(list, facts, at, crossing, swipe, moment);
  }
  return list;
}

/**
 * A read at a lane for vehicles that waits for its other half. A late one is nobody's other half:
 * it is a crossing where it is somebody's badge, and else decides nothing.
 */
function isHalf<F extends SwipeFacts>(
  facts: F,
  isLate: boolean,
): facts is F & { readonly cargo: CargoRead } {
  const { cargo } = facts;
  if (cargo == null) return false;
  return isLate ? cargo.half.what !== 'badge' : cargo.pair === null;
}

function ask(
  list: EventList,
  facts: SwipeFacts,
  at: LaneFacts,
  crossing: PersonFacts,
  swipe: SwipeEvent,
  moment: Moment,
): void {
  const id = crossingId(moment.epoch, list.nextSeq);
  const cause = list.add(
    'crossing.asked',
    {
      crossing: id,
      lane: at.lane.id,
      checkpoint: at.checkpoint.id,
      line: at.checkpoint.line,
      direction: at.lane.direction,
      from: crossing.from,
      to: crossing.to,
      board: swipe.board,
      ...readWhere(swipe),
      credential: facts.cargo?.pair?.driver.credential ?? swipe.credential,
      person: crossing.person,
      permit: facts.permit,
      class: crossing.class,
      timing: 'live',
    },
    { deviceAt: swipe.deviceAtMs },
  );
  answer(list, facts, at, crossing, id, cause, moment);
}

function answer(
  list: EventList,
  facts: SwipeFacts,
  at: LaneFacts,
  crossing: PersonFacts,
  id: CrossingId,
  cause: number,
  moment: Moment,
): void {
  const pair = facts.cargo?.pair ?? null;
  const said = evaluate(facts.regime, pair?.vehicle ?? crossing);
  if (pair !== null) noteCargo(list, at, id, pair, said);
  const verdict = pair === null ? said : asOne(said);
  // A person's alone can be tried under another regime: what a vehicle carries is not recorded so.
  const outcomes = pair === null ? recordOutcomes(crossing, facts.regime.settings) : undefined;
  const decided = {
    crossing: id,
    lane: at.lane.id,
    person: crossing.person,
    permit: facts.permit,
    class: crossing.class,
    from: crossing.from,
    to: crossing.to,
    rule: verdict.rule,
    regime: verdict.regime,
    regimeVersion: verdict.regimeVersion,
    reasons: [...verdict.reasons],
    warnings: [...verdict.warnings],
    relied: { ...reliedOn(facts, crossing), outcomes },
  };
  switch (verdict.verdict) {
    case 'admit': {
      const admission = { at, decided, verdict, crossing, exception: null, cause };
      admit(list, admission, moment);
      const audit = facts.cargo?.audit;
      if (pair !== null && audit !== undefined) {
        drawAudits(list, id, said, pair.goods, audit, moment);
      }
      break;
    }
    case 'refer': {
      const exception = exceptionId(moment.epoch, list.nextSeq);
      list.add('crossing.referred', { ...decided, exception }, { cause });
      break;
    }
    case 'refuse':
      list.add('crossing.refused', { ...decided, exception: null }, { cause });
      break;
    default:
      assertNever(verdict.verdict, 'verdict');
  }
}

/** A referred person who asks again has left the earlier queue. */
function lapseOlder(list: EventList, facts: SwipeFacts): void {
  if (facts.openException !== null) lapse(list, facts.openException);
}

function reliedOn(facts: SwipeFacts, crossing: PersonFacts): z.infer<typeof Relied> {
  return {
    permitStatus: facts.relied.permitStatus,
    validToMs: crossing.permit?.validToMs ?? null,
    place: crossing.presence.place,
    inside: crossing.area?.inside ?? null,
    reserved: crossing.area?.reserved ?? null,
    datasets: { ...facts.relied.datasets },
  };
}
