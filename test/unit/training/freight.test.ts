import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DatasetText } from '../../../src/main/engine/reference/parse.ts';
import type { GoodsDataset } from '../../../src/shared/domain/permit.ts';
import type { SiteLane } from '../../../src/shared/domain/site.ts';
import { seedNumber } from '../../../src/training/chance.ts';
import { driverText, goodsText } from '../../../src/training/freight/rows.ts';
import {
  driverIndex,
  FREIGHT_DAYS,
  type Freight,
  tagIndex,
} from '../../../src/training/freight/trips.ts';
import { Badges } from '../../../src/training/people/badges.ts';
import { COLUMNS, csvLine } from '../../../src/training/people/rows.ts';
import { dayNumberOf } from '../../../src/training/plan/weekday.ts';
import { GOODS_FILES } from '../../../src/training/site/training-site.ts';
import { loadState, saveState } from '../../../src/training/state-file.ts';
import { cardOf } from '../../../src/training/world/make-visit.ts';
import { type MadeZone, madeZone, passMinutes } from './made-zone.ts';

const TRUCKS = 12;
const freight: Freight = {
  seed: seedNumber('freight'),
  people: 500,
  trucks: TRUCKS,
  fromDay: 20_514,
};
const badges = new Badges(freight.seed);

test('the console takes every row of the goods and of the drivers', () => {
  const text = goodsText(freight, badges, 2026);
  const trips = TRUCKS * FREIGHT_DAYS * 2;
  const rows = (dataset: GoodsDataset) => {
    const read = new DatasetText(dataset, 'csv', [text[dataset]], GOODS_FILES[dataset]);
    const good = [...read.rows()].map(({ row }) => row);
    expect(read.refused).toEqual([]);
    return good;
  };
  expect(rows('enterprises')).toHaveLength(60);
  expect(rows('vehicles')).toHaveLength(TRUCKS);
  expect(rows('consignments')).toHaveLength(trips);
  expect(rows('consignment-lines')).toHaveLength(trips);
  expect(rows('slots')).toHaveLength(trips);
  const drivers = csvLine(COLUMNS.permits) + driverText(freight, badges, 2026).permits;
  const permits = new DatasetText('permits', 'csv', [drivers], 'permits.csv');
  expect([...permits.rows()]).toHaveLength(TRUCKS);
  expect(permits.refused).toEqual([]);
});

const isFreight = ({ takes }: SiteLane) => takes.includes('vehicle');

/** Opens a lane for trucks once both halves were shown, as the console does. */
function pairing(refuses: (card: number) => boolean = () => false) {
  let first: number | null = null;
  return (lane: SiteLane, card: number, here: boolean) => {
    if (!isFreight(lane)) return here ? 20 : null;
    const before = first;
    first = before === null ? card : null;
    return before === null || refuses(card) || refuses(before) ? null : 20;
  };
}

/** Whose tag or badge a card is; null for the people of the zone. */
function truckOf(zone: MadeZone, card: number): number | null {
  const { people, seed } = zone.plan.population;
  const of: Freight = { seed, people, trucks: TRUCKS, fromDay: 0 };
  for (let truck = 0; truck < TRUCKS; truck += 1) {
    const own = [tagIndex(of, truck), driverIndex(of, truck)];
    if (own.some((index) => cardOf(new Badges(seed), index) === card)) return truck;
  }
  return null;
}

test('each truck shows tag and badge together, in before noon and out after it', async () => {
  const zone = madeZone({ people: 100, trucks: TRUCKS, answer: pairing() });
  await passMinutes(zone, 1440);
  const reads = zone.swipes.filter(({ lane }) => isFreight(lane));
  const passages = zone.passages.filter(({ lane }) => isFreight(lane));
  expect(reads).toHaveLength(2 * passages.length);
  for (let i = 0; i < reads.length; i += 2) {
    const [one, other] = [reads[i]!, reads[i + 1]!];
    expect(one.card).not.toBe(other.card);
    expect(truckOf(zone, one.card)).not.toBeNull();
    expect(truckOf(zone, one.card)).toBe(truckOf(zone, other.card));
  }
  const ways = (truck: number) =>
    passages.flatMap(({ lane, card }) => (truckOf(zone, card) === truck ? [lane.direction] : []));
  for (let truck = 0; truck < TRUCKS; truck += 1) expect(ways(truck)).toEqual(['in', 'out']);
  const people = zone.swipes.filter(({ lane }) => !isFreight(lane));
  expect(people.filter(({ card }) => truckOf(zone, card) !== null)).toEqual([]);
});

test('a truck that is not let in tries again, and never drives out', async () => {
  let barred: number | null = null;
  const zone: MadeZone = madeZone({
    people: 20,
    trucks: TRUCKS,
    answer: pairing((card) => card === barred),
  });
  const { people, seed } = zone.plan.population;
  barred = cardOf(
    new Badges(seed),
    tagIndex({ seed, people, trucks: TRUCKS, fromDay: dayNumberOf(zone.clock.wallMs()) }, 0),
  );
  await passMinutes(zone, 1440);
  const own = zone.swipes.filter(({ card }) => truckOf(zone, card) === 0);
  expect(own.map(({ lane }) => lane.direction)).toEqual(['in', 'in', 'in', 'in', 'in', 'in']);
  expect(zone.passages.filter(({ card }) => truckOf(zone, card) === 0)).toEqual([]);
});

test('a zone that goes on knows which trucks are inside: they only drive out', async () => {
  const zone = madeZone({ people: 20, trucks: TRUCKS, answer: pairing(), trucksInside: [0, 3] });
  expect(zone.world.trucksInside()).toEqual([0, 3]);
  await passMinutes(zone, 12 * 60);
  expect(zone.world.trucksInside()).toHaveLength(TRUCKS);
  await passMinutes(zone, 12 * 60);
  const ways = (truck: number) =>
    zone.passages.flatMap(({ lane, card }) => {
      return isFreight(lane) && truckOf(zone, card) === truck ? [lane.direction] : [];
    });
  expect([0, 3].map(ways)).toEqual([['out'], ['out']]);
  expect(ways(1)).toEqual(['in', 'out']);
  expect(zone.world.trucksInside()).toEqual([]);
});

test('where trucks are is kept with the calendar, and a file of before them is read too', () => {
  const folder = mkdtempSync(join(tmpdir(), 'twoline-state-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const state = { wallMs: 5, seed: 'seed', people: 2, places: new Uint8Array([1, 0]) };
  saveState(folder, { ...state, trucksInside: [3, 7] });
  expect(loadState(folder)).toMatchObject({ ...state, trucksInside: [3, 7] });
  const { places: _places, ...head } = state;
  const before = `${JSON.stringify({ v: 1, ...head })}\n\x01\x00`;
  writeFileSync(join(folder, 'world.state'), before);
  expect(loadState(folder)).toMatchObject({ ...state, trucksInside: [] });
});

test('after the days with time slots no truck comes any more', async () => {
  const zone = madeZone({ people: 5, trucks: 2, answer: pairing() });
  await passMinutes(zone, FREIGHT_DAYS * 1440);
  const before = zone.swipes.filter(({ lane }) => isFreight(lane)).length;
  expect(before).toBe(2 * 2 * 2 * FREIGHT_DAYS);
  await passMinutes(zone, 1440);
  expect(zone.swipes.filter(({ lane }) => isFreight(lane))).toHaveLength(before);
});
