import type { Timing } from '../../../../shared/domain/crossing.ts';
import type {
  AlarmEvent,
  ButtonEvent,
  DoorEvent,
  RemoteOpenEvent,
} from '../../../../shared/domain/device-report.ts';
import type { IncidentType } from '../../../../shared/domain/incident.ts';
import type { EventData } from '../../../../shared/journal/events.ts';
import { happenedMs } from '../../../../shared/journal/happened.ts';
import { assertNever } from '../../../../shared/lib/assert.ts';
import { EventList, type Moment } from '../event-list.ts';
import type { BoardEventFacts, CrossingNow, UnseenPassage } from '../facts.ts';
import type { HeldThen } from '../held-facts.ts';
import { OPEN_WITHIN_MS, PASSAGE_MS, timingOf } from '../timing.ts';
import { isRepeat, listGap } from './board-index.ts';
import { isUnderWay, movement, pass } from './crossing-moves.ts';
import { raise, raiseUnsure } from './incident.ts';
import { tellSlow } from './joint.ts';

export type OtherBoardEvent = DoorEvent | RemoteOpenEvent | ButtonEvent | AlarmEvent;

const ALARM_INCIDENT: Readonly<Record<AlarmEvent['alarm'], IncidentType | null>> = {
  fire: 'fire-input',
  threat: 'tamper',
  tamper: 'tamper',
  code: 'opened-though-not-entitled',
  'power-on': null,
  reset: null,
  other: null,
};

const DOOR_INCIDENT: Readonly<Record<DoorEvent['state'], IncidentType | null>> = {
  opened: null,
  closed: null,
  forced: 'door-forced',
  'open-too-long': 'door-open-too-long',
  followed: 'door-followed',
};

/** What a board tells besides badges: its doors, its own second event, buttons and alarms. */
export function decideBoardEvent(
  facts: BoardEventFacts,
  event: OtherBoardEvent,
  queuedMs: number,
  moment: Moment,
): EventList {
  const list = new EventList(moment);
  if (isRepeat(event.index, facts.index)) return list;
  listGap(list, event.board, event.index, facts.index);
  const timing = timingOf(event, queuedMs);
  const { board, index, door } = event;
  const heard = { board, index, door, lane: facts.at?.lane.id ?? null, timing };
  const more = { deviceAt: event.deviceAtMs };
  const unseen = unseenBy(facts, event, timing, moment);
  const crossing = (timing === 'live' ? facts.crossing : unseen?.crossing)?.crossing ?? null;
  const sharing = sharingOf(facts);
  switch (event.kind) {
    case 'door':
      if (sharing !== null) {
        sharedLeaf(
          list,
          facts,
          sharing,
          { ...heard, state: event.state },
          event.deviceAtMs,
          moment,
        );
        break;
      }
      list.add('door.heard', { ...heard, ...forcedBy(facts, event, timing), crossing }, more);
      doorMoved(list, facts, event, timing, moment);
      if (unseen !== null) passUnseen(list, unseen, event, timing, moment);
      else wentUnnamed(list, facts, event, timing, moment);
      break;
    case 'remote-open':
      remoteOpened(list, facts, event, { ...heard, crossing }, moment);
      break;
    case 'button':
      list.add('gate.button-pressed', heard, more);
      break;
    case 'alarm': {
      list.add('board.alarm', { ...heard, alarm: event.alarm, reason: event.reason }, more);
      const type = ALARM_INCIDENT[event.alarm];
      if (type !== null) {
        raise(list, moment, facts.openIncidents, { ...more, type, at: facts.at, board, timing });
      }
      break;
    }
    default:
      assertNever(event, 'board event');
  }
  return list;
}

/** Several whose gates stood open at once as one leaf moved; null where it was nobody else's. */
function sharingOf({ at, candidates }: BoardEventFacts): readonly CrossingNow[] | null {
  return candidates.length > 1 && at?.lane.passage !== 'relay' ? candidates : null;
}

/** News may come so late that a gate which was open seems forced: then it may have been theirs. */
function forcedBy({ crossing }: BoardEventFacts, { state }: DoorEvent, timing: Timing) {
  const mayBeTheirs = state === 'forced' && timing === 'live' && crossing !== null;
  if (!mayBeTheirs || !isUnderWay(crossing.state)) return { state };
  return { state, between: [crossing.crossing] };
}

/**
 * A leaf that one of several moved. Once as many have moved as there are people all went through;
 * until then, and where some are unknown already, nobody is said to have.
 */
function sharedLeaf(
  list: EventList,
  { openIncidents }: BoardEventFacts,
  sharing: readonly CrossingNow[],
  heard: Omit<EventData<'door.heard'>, 'crossing' | 'between'>,
  deviceAt: number,
  moment: Moment,
): void {
  const waiting = sharing.filter(({ state }) => isUnderWay(state));
  const between = waiting.map(({ crossing }) => crossing);
  list.add('door.heard', { ...heard, crossing: null, between }, { deviceAt });
  const moved = Math.max(...sharing.map(({ sharedLeaves }) => sharedLeaves)) + 1;
  const isAll = waiting.length === sharing.length && moved === sharing.length;
  if (!isAll || heard.timing === 'late') return;
  for (const crossing of [...sharing].reverse()) {
    wentThrough(list, crossing, openIncidents, deviceAt, moment);
  }
}

/**
 * A leaf that moved though nobody asked, of a gate that stands open for everybody: somebody went
 * through whom nobody can name. Late news count where the gate is known to have stood open then.
 */
function wentUnnamed(
  list: EventList,
  facts: BoardEventFacts,
  event: DoorEvent,
  timing: Timing,
  moment: Moment,
): void {
  const { crossing, heldThen, isHeld } = facts;
  const isLate = timing === 'late';
  const at = isLate ? (heldThen?.at ?? null) : isHeld ? facts.at : null;
  if (event.state !== 'opened' || at === null) return;
  // Whoever is under way now says nothing of then.
  const isTheirs = !isLate && crossing !== null && isUnderWay(crossing.state);
  if (isTheirs || isNamed(heldThen, event, moment)) return;
  const { direction, from, id: lane, passage, to } = at.lane;
  if (passage === 'relay') return;
  const { board, deviceAtMs: deviceAt, door, index } = event;
  const { id: checkpoint, line } = at.checkpoint;
  const moved = { board, index, door, lane, checkpoint, line, direction, from, to };
  const [form, ...others] = facts.forms;
  const isForms = form !== undefined && others.length === 0;
  const told = { ...(isLate && { timing: 'late' as const }), ...(isForms && { namedBy: form }) };
  list.add('passage.unnamed', { ...moved, ...told }, { deviceAt });
  if (others.length > 0) raiseUnsure(list, moment, { at, deviceAt }, facts.openIncidents);
}

/** The board had let somebody in by their badge before: they are counted by their name. */
function isNamed(held: HeldThen | null, { deviceAtMs }: DoorEvent, { speed }: Moment): boolean {
  const namedMs = held?.namedMs ?? null;
  if (namedMs === null) return false;
  return deviceAtMs >= namedMs && deviceAtMs <= namedMs + PASSAGE_MS * speed;
}

/** What another program opened is no crossing of ours, and nobody knows for whom it did. */
function remoteOpened(
  list: EventList,
  facts: BoardEventFacts,
  { board, by, deviceAtMs: deviceAt, granted }: RemoteOpenEvent,
  heard: Omit<EventData<'gate.remote-opened'>, 'granted' | 'by'>,
  moment: Moment,
): void {
  if (by === undefined) {
    list.add('gate.remote-opened', { ...heard, granted }, { deviceAt });
    return;
  }
  list.add('gate.remote-opened', { ...heard, granted, crossing: null, by }, { deviceAt });
  const { at, openIncidents } = facts;
  const type = 'opened-though-not-entitled';
  raise(list, moment, openIncidents, { type, at, board, timing: heard.timing, deviceAt });
}

function doorMoved(
  list: EventList,
  facts: BoardEventFacts,
  event: DoorEvent,
  timing: Timing,
  moment: Moment,
): void {
  const { at, crossing, openIncidents } = facts;
  const deviceAt = event.deviceAtMs;
  const type = DOOR_INCIDENT[event.state];
  if (type !== null) {
    raise(list, moment, openIncidents, { type, at, board: event.board, timing, deviceAt });
    return;
  }
  if (event.state !== 'opened' || timing === 'late' || crossing === null) return;
  if (isUnderWay(crossing.state)) wentThrough(list, crossing, openIncidents, deviceAt, moment);
}

function wentThrough(
  list: EventList,
  crossing: CrossingNow,
  openIncidents: BoardEventFacts['openIncidents'],
  deviceAt: number,
  moment: Moment,
): void {
  const { passage } = crossing.lane.lane;
  if (passage === 'relay') return;
  if (crossing.state === 'admitted') {
    list.add('crossing.opened', { ...movement(crossing), shownBy: 'door' }, { deviceAt });
    tellSlow(list, crossing, openIncidents, moment);
  }
  pass(list, crossing, passage, moment, { deviceAt });
}

/**
 * The crossing that an opening door tells of after the fact: the news came late, or its deadline
 * had passed. The board wrote the event within the time in which that person could go through.
 */
function unseenBy(
  { at, crossing, unseen }: BoardEventFacts,
  event: OtherBoardEvent,
  timing: Timing,
  { speed }: Moment,
): UnseenPassage | null {
  if (event.kind !== 'door' || event.state !== 'opened' || unseen === null) return null;
  if (at?.lane.passage === 'relay' || (timing === 'live' && crossing !== null)) return null;
  const openedMs = unseen.openedMs ?? unseen.admittedMs + OPEN_WITHIN_MS * speed;
  const { deviceAtMs } = event;
  const isWithin = deviceAtMs >= unseen.admittedMs && deviceAtMs <= openedMs + PASSAGE_MS * speed;
  return isWithin ? unseen : null;
}

/** Nothing opens and nothing sounds by it; presence moves only where nothing newer is known. */
function passUnseen(
  list: EventList,
  { crossing, lastHappenedMs }: UnseenPassage,
  { deviceAtMs }: DoorEvent,
  timing: Timing,
  moment: Moment,
): void {
  const happened = happenedMs({ at: moment.atMs, deviceAt: deviceAtMs });
  const movesPresence = lastHappenedMs === null || happened >= lastHappenedMs;
  const { passage } = crossing.lane.lane;
  pass(list, crossing, passage, moment, { deviceAt: deviceAtMs, timing, movesPresence });
}
