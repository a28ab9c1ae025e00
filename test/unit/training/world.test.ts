import { expect, test } from 'vitest';
import { isArea, type Place } from '../../../src/shared/domain/place.ts';
import { Badges } from '../../../src/training/people/badges.ts';
import { holderOf } from '../../../src/training/people/holder.ts';
import { itineraryOf } from '../../../src/training/plan/itinerary.ts';
import { dayNumberOf } from '../../../src/training/plan/weekday.ts';
import { CROSSING_TROUBLE, DAILY_FAULTS } from '../../../src/training/rates.ts';
import { cardOf } from '../../../src/training/world/make-visit.ts';
import { type MadeZone, madeZone, passMinutes } from './made-zone.ts';

function holderByCard({ plan }: MadeZone): Map<number, number> {
  const badges = new Badges(plan.population.seed);
  const known = new Map<number, number>();
  for (let i = 0; i < plan.population.people; i += 1) known.set(cardOf(badges, i), i);
  return known;
}

/** Follows every passage; returns those that began elsewhere than the person was. */
function leaps(zone: MadeZone): number {
  const { population } = zone.plan;
  const known = holderByCard(zone);
  const place = new Map<number, Place>();
  let wrong = 0;
  for (const { lane, card } of zone.passages) {
    const index = known.get(card);
    if (index === undefined) continue;
    const at = place.get(index) ?? holderOf(population, index).home;
    if (at !== lane.from) wrong += 1;
    place.set(index, lane.to);
  }
  return wrong;
}

function inside(zone: MadeZone): number[] {
  return [...zone.world.crowd.inAreas()];
}

test('over two days everybody enters before they leave, and nobody is in two places', async () => {
  const zone = madeZone({ people: 1000 });
  await passMinutes(zone, 2 * 1440);
  const day = dayNumberOf(zone.clock.wallMs()) - 2;
  const holders = Array.from({ length: 1000 }, (_, i) => holderOf(zone.plan.population, i));
  const planned = [day, day + 1].flatMap((one) =>
    holders.flatMap((holder) => itineraryOf(zone.plan, holder, one)),
  ).length;
  expect(leaps(zone)).toBe(0);
  expect(zone.passages.length / planned).toBeGreaterThan(0.97);
  expect(zone.passages.length / planned).toBeLessThan(1.03);
});

test('a day ends with nobody inside but the night staff', async () => {
  const zone = madeZone({ people: 2000 });
  await passMinutes(zone, 1439);
  const left = inside(zone).map((index) => holderOf(zone.plan.population, index));
  expect(left.length).toBeGreaterThan(0);
  expect(left.filter(({ shift }) => shift !== 'night')).toEqual([]);
});

test('the same seed makes the same day, another seed another', async () => {
  const run = async (seed: string) => {
    const zone = madeZone({ people: 300, seed });
    await passMinutes(zone, 1440);
    return zone.passages.map(({ lane, card, atMs }) => `${lane.id} ${card} ${Math.round(atMs)}`);
  };
  const once = await run('one');
  expect(once.length).toBeGreaterThan(300);
  expect(await run('one')).toEqual(once);
  expect(await run('two')).not.toEqual(once);
});

test('whoever is refused at the entry does not try to leave, and comes again', async () => {
  const zone = madeZone({ people: 300, answer: () => null });
  await passMinutes(zone, 1440);
  expect(zone.passages).toEqual([]);
  expect(new Set(zone.swipes.map(({ lane }) => lane.direction))).toEqual(new Set(['in']));
  expect(inside(zone)).toEqual([]);
  const perPerson = zone.swipes.length / 300;
  expect(perPerson).toBeGreaterThan(1);
  expect(perPerson).toBeLessThan(15);
});

test('whoever may not leave tries again and is out when the gates open', async () => {
  let shut = true;
  const answer = (lane: { direction: string }, _card: number, here: boolean) =>
    here && !(shut && lane.direction === 'out') ? 20 : null;
  const zone = madeZone({ people: 300, answer });
  await passMinutes(zone, 21 * 60);
  expect(inside(zone).length).toBeGreaterThan(100);
  shut = false;
  await passMinutes(zone, 12 * 60);
  const left = inside(zone).map((index) => holderOf(zone.plan.population, index));
  expect(left.filter(({ shift }) => shift !== 'night' && shift !== 'day').length).toBeLessThan(20);
  expect(leaps(zone)).toBe(0);
});

test('without an engine nobody gets through, and life goes on when it returns', async () => {
  let engine = false;
  const answer = (_lane: unknown, _card: number, here: boolean) => (engine && here ? 20 : null);
  const zone = madeZone({ people: 500, answer });
  await passMinutes(zone, 8 * 60 + 30);
  expect(zone.passages).toEqual([]);
  engine = true;
  await passMinutes(zone, 60);
  expect(zone.passages.length).toBeGreaterThan(20);
  expect(leaps(zone)).toBe(0);
});

test('a referred person waits beside the lane while the queue moves on', async () => {
  const zone = madeZone({ people: 10, answer: (_, card) => (card === 7 ? null : 20) });
  const lane = zone.lanes.find(({ id }) => id === 'loop-west-bridge-in-1')!;
  const runner = zone.world.lane(lane.id)!;
  const waiting = zone.world.sendTo(runner, 'raw/7', 7);
  await zone.time.pass(6000);
  const next = zone.world.sendTo(runner, 'raw/8', 8);
  await zone.time.pass(1000);
  expect(await next).toEqual({ end: 'passed', decisionMs: 20 });
  expect(runner.hasRoomBeside()).toBe(false);
  zone.open(lane);
  await zone.time.pass(1000);
  expect(await waiting).toEqual({ end: 'passed', decisionMs: null });
});

test('a referred person leaves when no supervisor comes', async () => {
  const zone = madeZone({ people: 10, speed: 1, answer: () => null });
  const lane = zone.world.lane('loop-west-bridge-in-1')!;
  const waiting = zone.world.sendTo(lane, 'raw/7', 7);
  await zone.time.pass(250_000);
  expect(lane.hasRoomBeside()).toBe(false);
  await zone.time.pass(60_000);
  expect(await waiting).toEqual({ end: 'turned-away', decisionMs: null });
  expect(lane.hasRoomBeside()).toBe(true);
});

test('people leave a dark reader for another lane that leads there', async () => {
  const powered = (lane: { id: string }) => lane.id !== 'loop-west-bridge-in-1';
  const zone = madeZone({ people: 1000, powered });
  await passMinutes(zone, 1440);
  expect(zone.passages.some(({ lane }) => lane.id === 'loop-west-bridge-in-1')).toBe(false);
  expect(zone.passages.length).toBeGreaterThan(2000);
  expect(leaps(zone)).toBe(0);
});

test('mishaps and faults happen at their stated rates', async () => {
  const zone = madeZone({ people: 4000 });
  await passMinutes(zone, 1440);
  const known = holderByCard(zone);
  const unknown = zone.swipes.filter(({ card }) => !known.has(card)).length;
  const wanted = CROSSING_TROUBLE.unknownCard * zone.passages.length;
  expect(Math.abs(unknown - wanted)).toBeLessThan(4 * Math.sqrt(wanted));
  // A lent badge is shown once more at the same lane, and nobody passes on it.
  const lent = zone.swipes.filter(({ lane, card }, i) => {
    const next = zone.swipes.slice(i + 1).find((one) => one.lane === lane);
    return known.has(card) && next?.card === card && next.atMs > zone.swipes[i]!.atMs;
  });
  expect(lent.length).toBeGreaterThan(0);
  const kinds = (kind: string) => zone.faults.filter((fault) => fault.kind === kind).length;
  expect(kinds('power-cut')).toBe(DAILY_FAULTS.powerCut);
  expect(kinds('network-cut')).toBe(DAILY_FAULTS.networkCut);
  expect(kinds('clock-drift')).toBe(DAILY_FAULTS.clockDrift);
  expect(zone.forced).toHaveLength(DAILY_FAULTS.doorForced);
});

test('a pause holds everybody; resuming lets them go on', async () => {
  const zone = madeZone({ people: 500 });
  await passMinutes(zone, 8 * 60 + 20);
  zone.world.pause();
  await zone.time.pass(2000);
  const held = zone.passages.length;
  await zone.time.pass(10_000);
  expect(zone.passages.length).toBe(held);
  zone.world.resume();
  await zone.time.pass(10_000);
  expect(zone.passages.length).toBeGreaterThan(held);
});

test('places survive a restart in the middle of the day', async () => {
  const zone = madeZone({ people: 500 });
  await passMinutes(zone, 15 * 60);
  const before = zone.world.crowd.counts();
  const areas = Object.entries(before).filter(([place]) => isArea(place as Place));
  expect(areas.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThan(200);
  const again = madeZone({ people: 500, places: zone.world.crowd.bytes() });
  expect(again.world.crowd.counts()).toEqual(before);
});
