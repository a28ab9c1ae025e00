import type { EventList, Moment } from '../../../src/main/engine/core/event-list.ts';
import type {
  BoardEventFacts,
  CommandNow,
  CrossingNow,
  DueCrossing,
  LaneFacts,
  OpenException,
  OpenIncident,
  ProgressFacts,
  SwipeFacts,
  UnseenPassage,
} from '../../../src/main/engine/core/facts.ts';
import { SiteIndex } from '../../../src/main/engine/projections/gather/site-index.ts';
import type {
  AlarmEvent,
  ButtonEvent,
  DoorEvent,
  RemoteOpenEvent,
  SwipeEvent,
} from '../../../src/shared/domain/device-report.ts';
import type { BoardId, PersonId } from '../../../src/shared/domain/ids.ts';
import type { SiteLane } from '../../../src/shared/domain/site.ts';
import { must } from '../../../src/shared/lib/assert.ts';
import { smallSite } from '../../kit/small-site.ts';
import { COMMUTER, cmaRegime, NOON, PASS } from '../regime/given.ts';

export const BOARD = '405419001' as BoardId;
export const REGIME = cmaRegime();
const SITE = new SiteIndex(smallSite([{ serial: Number(BOARD), port: 60_000 }]));

/** 10 s after boot, at noon, the journal standing at seq 99. */
export const MOMENT: Moment = {
  atMs: NOON,
  wallMs: NOON,
  monoMs: 10_000,
  speed: 1,
  epoch: 1,
  nextSeq: 100,
};

/** The lane at a door of the small site: 1 in, 2 out (first line), 3 in, 4 out (second line). */
export function laneAt(door: number, changes: Partial<SiteLane> = {}): LaneFacts {
  const at = must(SITE.laneAt(BOARD, door), `lane at door ${door}`);
  return { ...at, lane: { ...at.lane, ...changes } };
}

const HEARD = {
  board: BOARD,
  index: 42,
  door: 1,
  deviceAtMs: NOON - 1000,
  ageMs: 200,
  delivery: 'pushed',
  inOrder: true,
} as const;

export function swipe(changes: Partial<SwipeEvent> = {}): SwipeEvent {
  const badge = { credential: 'h10301/1/7' as SwipeEvent['credential'], direction: 'in' } as const;
  return { ...HEARD, ...badge, kind: 'swipe', granted: false, reason: 5, ...changes };
}

export function door(state: DoorEvent['state'], changes: Partial<DoorEvent> = {}): DoorEvent {
  return { ...HEARD, kind: 'door', state, ...changes };
}

export function alarm(which: AlarmEvent['alarm'], changes: Partial<AlarmEvent> = {}): AlarmEvent {
  return { ...HEARD, kind: 'alarm', alarm: which, reason: 0x27, ...changes };
}

export function remoteOpen(changes: Partial<RemoteOpenEvent> = {}): RemoteOpenEvent {
  return { ...HEARD, kind: 'remote-open', granted: true, ...changes };
}

export function button(changes: Partial<ButtonEvent> = {}): ButtonEvent {
  return { ...HEARD, kind: 'button', ...changes };
}

/** Index 42 is the next one. */
export const NEXT = { last: 41, missing: false } as const;

/** A commuter whom the rule admits, at the first line's way in. */
export function swipeFacts(changes: Partial<SwipeFacts> = {}): SwipeFacts {
  return {
    at: laneAt(1),
    index: NEXT,
    crossing: COMMUTER,
    permit: PASS.permit,
    relied: { permitStatus: 'active', datasets: { permits: 3, 'watch-list': 1, clearances: 1 } },
    lastHappenedMs: null,
    openException: null,
    regime: REGIME,
    openIncidents: [],
    ...changes,
  };
}

export function crossing(changes: Partial<CrossingNow> = {}): CrossingNow {
  return {
    crossing: 'X1-50' as CrossingNow['crossing'],
    state: 'admitted',
    lane: laneAt(1),
    from: 'beyond-first',
    to: 'loop' as CrossingNow['to'],
    person: 'H-1' as PersonId,
    place: null,
    class: 'special-pass',
    command: null,
    sharedLeaves: 0,
    ...changes,
  };
}

export function due(changes: Partial<DueCrossing> = {}): DueCrossing {
  return { ...crossing(changes), heard: changes.heard ?? true };
}

/** Admitted a second before noon; the gate opened at noon, and nobody was seen since. */
export function unseen(changes: Partial<UnseenPassage> = {}): UnseenPassage {
  const times = { admittedMs: NOON - 1000, openedMs: NOON, lastHappenedMs: null };
  return { crossing: crossing({ state: 'unknown' }), ...times, ...changes };
}

export function command(changes: Partial<CommandNow> = {}): CommandNow {
  return {
    command: 'G1-52' as CommandNow['command'],
    lane: laneAt(1),
    action: 'open',
    stage: 'requested',
    crossing: 'X1-50' as CommandNow['crossing'],
    ...changes,
  };
}

export function exception(changes: Partial<OpenException> = {}): OpenException {
  return {
    exception: 'E1-60' as OpenException['exception'],
    crossing: 'X1-59' as OpenException['crossing'],
    lane: laneAt(1),
    person: 'H-1' as PersonId,
    permit: PASS.permit,
    class: 'special-pass',
    place: 'beyond-first',
    from: 'beyond-first',
    to: 'loop' as OpenException['to'],
    rule: 'first-in-special-pass',
    regime: 'cma-buffer-zone',
    regimeVersion: 1,
    reasons: [{ is: 'not-watchlisted', detail: 'listed', params: {} }],
    openedMs: NOON - 20_000,
    waitedMs: 20_000.4,
    ...changes,
  };
}

export function boardEventFacts(changes: Partial<BoardEventFacts> = {}): BoardEventFacts {
  const nothing = { crossing: null, candidates: [], unseen: null, forms: [], openIncidents: [] };
  const shut = { isHeld: false, heldThen: null };
  return { at: laneAt(1), index: NEXT, ...shut, ...nothing, ...changes };
}

export function progressFacts(changes: Partial<ProgressFacts> = {}): ProgressFacts {
  return { command: command(), crossing: crossing(), isHeld: false, openIncidents: [], ...changes };
}

export function openIncident(
  type: OpenIncident['type'],
  changes: Partial<OpenIncident> = {},
): OpenIncident {
  return { incident: 'I1-7' as OpenIncident['incident'], type, timing: 'live', ...changes };
}

/** Kinds that move a gate or sound: what a late event may never lead to. */
export function actsOf(list: EventList): string[] {
  return list.events.flatMap((event) => {
    if (event.kind.startsWith('gate.req') || event.kind === 'gate.mode') return [event.kind];
    if (event.kind === 'crossing.admitted' || event.kind === 'crossing.opened') return [event.kind];
    const { kind, data } = event;
    const raised = kind === 'incident.raised' || kind === 'incident.repeated';
    return raised && data.timing === 'live' ? [`${kind} live`] : [];
  });
}
