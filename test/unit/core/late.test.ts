import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BoardEventFacts, SwipeFacts } from '../../../src/main/engine/core/facts.ts';
import { decideBoardEvent } from '../../../src/main/engine/core/rules/board-event.ts';
import { decideSwipe } from '../../../src/main/engine/core/rules/swipe.ts';
import { LIVE_AGE_MS, OPEN_WITHIN_MS, PASSAGE_MS } from '../../../src/main/engine/core/timing.ts';
import { CrossingState } from '../../../src/shared/domain/crossing.ts';
import type { BoardEvent } from '../../../src/shared/domain/device-report.ts';
import { INCIDENT_TYPES } from '../../../src/shared/domain/incident.ts';
import { eventSchemas } from '../../../src/shared/journal/events.ts';
import { must } from '../../../src/shared/lib/assert.ts';
import { anyFacts } from '../regime/any-facts.ts';
import { NOON } from '../regime/given.ts';
import {
  actsOf,
  alarm,
  boardEventFacts,
  button,
  crossing,
  door,
  exception,
  laneAt,
  MOMENT,
  openIncident,
  remoteOpen,
  swipe,
  swipeFacts,
  unseen,
} from './core-facts.ts';

/** Any way in which an event can be late: delivery, order, its age, the time it waited here. */
const lateness = fc.oneof(
  fc.record({ delivery: fc.constant('backlog' as const), inOrder: fc.boolean(), ageMs: fc.nat() }),
  fc.record({ delivery: fc.constant('polled' as const), inOrder: fc.constant(false) }),
  fc.record({ ageMs: fc.integer({ min: LIVE_AGE_MS + 1 }), inOrder: fc.boolean() }),
);
const more = fc.record({
  index: fc.integer({ min: 1, max: 100 }),
  door: fc.integer({ min: 0, max: 4 }),
  deviceAtMs: fc.oneof(
    fc.integer({ min: NOON - 15_000, max: NOON + 15_000 }),
    fc.integer({ min: NOON - 4e9, max: NOON + 4e9 }),
    fc.maxSafeNat(),
  ),
});
const index = fc.record({ last: fc.integer({ min: 0, max: 100 }), missing: fc.boolean() });
const anyLane = fc.option(
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom('sensor', 'door', 'relay'))
    .map(([at, passage]) => laneAt(at, { passage })),
);
const openIncidents = fc.array(
  fc
    .tuple(fc.constantFrom(...INCIDENT_TYPES), fc.constantFrom('live' as const, 'late' as const))
    .map(([type, timing]) => openIncident(type, { timing })),
  { maxLength: 4 },
);

const swipeFactsOf: fc.Arbitrary<SwipeFacts> = fc
  .record({
    at: anyLane,
    index,
    crossing: fc.option(anyFacts),
    lastHappenedMs: fc.option(fc.maxSafeNat()),
    openException: fc.option(fc.constant(exception())),
    openIncidents,
  })
  .map(swipeFacts);

const nearNoon = fc.integer({ min: NOON - 15_000, max: NOON + 15_000 });
const anyUnseen = fc
  .record({
    admittedMs: fc.constant(NOON),
    openedMs: fc.option(fc.integer({ min: NOON, max: NOON + OPEN_WITHIN_MS })),
    lastHappenedMs: fc.option(nearNoon),
  })
  .map(unseen);

const boardFactsOf: fc.Arbitrary<BoardEventFacts> = fc
  .record({
    at: anyLane,
    index,
    crossing: fc.option(
      fc.constantFrom(...CrossingState.options).map((state) => crossing({ state })),
    ),
    unseen: fc.option(anyUnseen),
    openIncidents,
  })
  .map(boardEventFacts);

const anyBoardEvent: fc.Arbitrary<Exclude<BoardEvent, { kind: 'swipe' }>> = fc
  .tuple(lateness, more)
  .chain(([late, rest]) => {
    const all = { ...late, ...rest };
    return fc.oneof(
      fc
        .constantFrom('opened' as const, 'closed', 'forced', 'open-too-long')
        .map((state) => door(state, all)),
      fc
        .constantFrom('fire' as const, 'threat', 'tamper', 'power-on', 'reset', 'other')
        .map((which) => alarm(which, all)),
      fc.boolean().map((granted) => remoteOpen({ ...all, granted })),
      fc.constant(button(all)),
    );
  });

test('no late badge read, whatever stands behind it, opens anything or sounds anything', () => {
  const anySwipe = fc
    .tuple(lateness, more, fc.boolean())
    .map(([late, rest, granted]) => swipe({ ...late, ...rest, granted }));
  fc.assert(
    fc.property(swipeFactsOf, anySwipe, (facts, event) => {
      const list = decideSwipe(facts, event, 0, MOMENT);
      expect(actsOf(list)).toEqual([]);
      for (const { kind, data } of list.events) eventSchemas[kind].parse(data);
    }),
    { numRuns: 1_000 },
  );
});

test('no late event of a door, a button or an alarm opens or sounds anything', () => {
  fc.assert(
    fc.property(boardFactsOf, anyBoardEvent, (facts, event) => {
      const list = decideBoardEvent(facts, event, 0, MOMENT);
      expect(actsOf(list)).toEqual([]);
      for (const { kind, data, deviceAt } of list.events) {
        if (kind !== 'crossing.passed') continue;
        const { admittedMs, lastHappenedMs } = must(facts.unseen, 'whom it tells of');
        const happened = must(deviceAt, 'the board’s time');
        expect(data).toMatchObject({ crossing: 'X1-50', timing: 'late' });
        expect(happened - admittedMs).toBeGreaterThanOrEqual(0);
        expect(happened - admittedMs).toBeLessThanOrEqual(OPEN_WITHIN_MS + PASSAGE_MS);
        expect(data.movesPresence).toBe(lastHappenedMs === null || lastHappenedMs <= happened);
      }
      for (const { kind, data } of list.events) eventSchemas[kind].parse(data);
    }),
    { numRuns: 1_000 },
  );
});

test('whatever waited at our own door for longer than it may be old is late likewise', () => {
  fc.assert(
    fc.property(swipeFactsOf, fc.integer({ min: LIVE_AGE_MS + 1 }), (facts, queuedMs) => {
      expect(actsOf(decideSwipe(facts, swipe({ ageMs: 0 }), queuedMs, MOMENT))).toEqual([]);
    }),
  );
});
