import type { CrossingState, Timing } from '../../../../shared/domain/crossing.ts';
import { type CrossingId, commandId } from '../../../../shared/domain/ids.ts';
import type { EventData } from '../../../../shared/journal/events.ts';
import type { EventList, Moment } from '../event-list.ts';
import type { CrossingNow, LaneFacts, LeftException } from '../facts.ts';
import { SEND_WITHIN_MS } from '../timing.ts';
import { raise } from './incident.ts';

/** What every movement event of a crossing carries. */
export function movement(crossing: CrossingNow) {
  const { crossing: id, lane, person, from, to } = crossing;
  return { crossing: id, lane: lane.lane.id, person, from, to };
}

/** True while a crossing holds its reservation. */
export function isUnderWay(state: CrossingState): boolean {
  return state === 'admitted' || state === 'opened';
}

/** A referred person is no longer there to be decided on. */
export function lapse(list: EventList, { exception, crossing, waitedMs }: LeftException): void {
  const lapsed = { outcome: 'lapsed', reason: null, waitedMs: Math.round(waitedMs) } as const;
  list.add('exception.resolved', { exception, crossing, ...lapsed });
}

/** Somebody may have gone through and nobody can tell: a person has to find out and say it. */
export function unknown(
  list: EventList,
  crossing: CrossingNow,
  why: EventData<'crossing.unknown'>['why'],
  moment: Moment,
): void {
  list.add('crossing.unknown', { ...movement(crossing), why });
  const { crossing: id, lane: at } = crossing;
  raise(list, moment, [], {
    ...{ at, board: at.lane.board, crossing: id },
    type: 'passage-unknown',
  });
}

/** Intends an open command for a crossing; it leaves only once this is durable. */
export function requestOpen(
  list: EventList,
  at: LaneFacts,
  crossing: CrossingId,
  moment: Moment,
  cause: number,
): void {
  const command = commandId(moment.epoch, list.nextSeq);
  const deadlineMono = Math.round(moment.monoMs + SEND_WITHIN_MS);
  const { id: lane, board, door, openS } = at.lane;
  list.add(
    'gate.requested',
    { command, lane, board, door, action: 'open', crossing, reason: null, deadlineMono, openS },
    { cause },
  );
}

interface OddGoods extends Pick<CrossingNow, 'crossing' | 'goodsShort' | 'itemsOdd'> {
  readonly at: LaneFacts | null;
}

/**
 * More left than the ledger has, or a thing crossed that it has elsewhere or as no more: the ledger
 * takes what was seen, and that is never silent.
 */
export function raiseOddGoods(
  list: EventList,
  { crossing, at, goodsShort = [], itemsOdd = [] }: OddGoods,
  moment: Moment,
  when: Pick<Seen, 'deviceAt' | 'timing'> = {},
): void {
  const told = (names: readonly string[]) => names.join('; ').slice(0, 200);
  if (goodsShort.length > 0) {
    const params = { goods: told(goodsShort) };
    raise(list, moment, [], { ...when, type: 'balance-negative', at, crossing, params });
  }
  if (itemsOdd.length > 0) {
    const params = { items: told(itemsOdd) };
    raise(list, moment, [], { ...when, type: 'custody-impossible', at, crossing, params });
  }
}

/** How a passage became known. What is left out is as for one seen live. */
interface Seen {
  readonly deviceAt?: number | undefined;
  readonly timing?: Timing | undefined;
  /** False where the person's last known event is newer: the passage fills history only. */
  readonly movesPresence?: boolean | undefined;
}

/**
 * The person went through: presence moves here and only here. Where the ledger has them elsewhere
 * (a lent badge, a passage that nobody saw) a person must look at that order.
 */
export function pass(
  list: EventList,
  crossing: CrossingNow,
  shownBy: 'sensor' | 'door' | 'relay',
  moment: Moment,
  { deviceAt, timing = 'live', movesPresence = true }: Seen = {},
): void {
  list.add(
    'crossing.passed',
    {
      ...movement(crossing),
      shownBy,
      line: crossing.lane.checkpoint.line,
      direction: crossing.lane.lane.direction,
      checkpoint: crossing.lane.checkpoint.id,
      class: crossing.class,
      movesPresence,
      timing,
    },
    { deviceAt },
  );
  const { crossing: id, lane: at, place, from } = crossing;
  raiseOddGoods(list, { ...crossing, at }, moment, { deviceAt, timing });
  if (!movesPresence || place === null || place === from) return;
  const what = { type: 'impossible-order', at, crossing: id, timing, deviceAt } as const;
  raise(list, moment, [], { ...what, params: { place, from } });
}
