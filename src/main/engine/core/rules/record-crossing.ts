import type { Timing } from '../../../../shared/domain/crossing.ts';
import type { SwipeEvent } from '../../../../shared/domain/device-report.ts';
import { crossingId } from '../../../../shared/domain/ids.ts';
import type { EventData } from '../../../../shared/journal/events.ts';
import { happenedMs } from '../../../../shared/journal/happened.ts';
import { evaluate } from '../../../../shared/regime/evaluate.ts';
import { obligationOf } from '../../../../shared/regime/obligation.ts';
import type { PersonFacts } from '../../../../shared/regime/person-facts.ts';
import type { ReasonName } from '../../../../shared/regime/requirement.ts';
import type { RegimeVerdict } from '../../../../shared/regime/verdict.ts';
import type { EventList, Moment } from '../event-list.ts';
import type { LaneFacts, SwipeFacts } from '../facts.ts';
import { raise } from './incident.ts';

/** A badge read as it came: live where the board decided alone while we listened. */
export interface HeardSwipe {
  readonly swipe: SwipeEvent;
  readonly timing: Timing;
  /** Of one that an officer wrote on a form. */
  readonly paper?: EventData<'crossing.recorded'>['paper'];
}

/**
 * A crossing that happened without our verdict: the board decided alone, or the read reached us
 * late. It is written down with what the regime would have said; presence moves only when it is
 * newer than the person's last known event.
 */
export function recordCrossing(
  list: EventList,
  facts: SwipeFacts,
  at: LaneFacts,
  crossing: PersonFacts,
  { swipe, timing, paper }: HeardSwipe,
  moment: Moment,
): Pick<EventData<'crossing.recorded'>, 'crossing' | 'entitled' | 'movesPresence'> {
  const id = crossingId(moment.epoch, list.nextSeq);
  // Whether the lane is locked or interlocked now says nothing of the moment of the read.
  const then = { ...crossing, laneLocked: false, laneInterlocked: false };
  const verdict = evaluate(facts.regime, then);
  const happened = happenedMs({ at: moment.atMs, deviceAt: swipe.deviceAtMs });
  const newer = facts.lastHappenedMs === null || happened > facts.lastHappenedMs;
  const movesPresence = swipe.granted && crossing.person !== null && newer;
  const told = {
    crossing: id,
    entitled: verdict.verdict === 'admit',
    movesPresence,
  };
  list.add(
    'crossing.recorded',
    {
      ...told,
      lane: at.lane.id,
      person: crossing.person,
      from: crossing.from,
      to: crossing.to,
      board: swipe.board,
      ...readWhere(swipe),
      credential: swipe.credential,
      line: at.checkpoint.line,
      direction: at.lane.direction,
      checkpoint: at.checkpoint.id,
      class: crossing.class,
      permit: facts.permit,
      permitStatus: facts.relied.permitStatus,
      granted: swipe.granted,
      boardReason: swipe.reason,
      regimeVersion: verdict.regimeVersion,
      reasons: [...verdict.reasons],
      ...(movesPresence ? dueBack(verdict) : {}),
      ...(swipe.granted && isCounted(verdict) ? { allowance: true as const } : {}),
      timing,
      ...(paper === undefined ? {} : { paper }),
    },
    { deviceAt: swipe.deviceAtMs },
  );
  if (!swipe.granted) return told;
  const about = { at, crossing: id, timing, deviceAt: swipe.deviceAtMs } as const;
  if (!isEntitled(verdict)) {
    raise(list, moment, [], { ...about, type: 'opened-though-not-entitled' });
  }
  const place = crossing.presence.place;
  if (movesPresence && place !== null && place !== crossing.from) {
    raise(list, moment, [], { ...about, type: 'impossible-order', params: { place } });
  }
  return told;
}

/** The board let somebody in: the obligation begins as if the console had. */
function dueBack({ obligations }: RegimeVerdict) {
  const byMs = obligationOf(obligations, 'due-back')?.byMs ?? null;
  return byMs === null ? {} : { dueBackMs: byMs };
}

/** Counts against the person's allowance, as if the console had let them in. */
function isCounted({ obligations }: RegimeVerdict): boolean {
  return obligationOf(obligations, 'allowance') !== null;
}

/** Under which index of the board, or by which reader; and the code, where one was shown. */
export function readWhere({ index, reader, code }: SwipeEvent) {
  if (reader === undefined) return { index };
  if (code === undefined) return { index, reader };
  const { token, key, proof } = code;
  return { index, reader, code: { token, key, proof } };
}

/** Reasons that speak of where people are, which a board that decides alone cannot know. */
const OF_THE_LEDGER: ReadonlySet<ReasonName> = new Set<ReasonName>([
  'not-already-inside',
  'area-has-room',
]);

/** False where the person had no right to cross, wherever the ledger has them. */
function isEntitled({ verdict, reasons }: RegimeVerdict): boolean {
  if (verdict === 'admit') return true;
  return reasons.length > 0 && reasons.every((reason) => OF_THE_LEDGER.has(reason.is));
}
