import { expect, test } from 'vitest';
import { isArea, type Place } from '../../../src/shared/domain/place.ts';
import { hkDayStart } from '../../../src/shared/lib/hk-time.ts';
import { seedNumber } from '../../../src/training/chance.ts';
import { holderOf, type Population } from '../../../src/training/people/holder.ts';
import { HOURS_OF } from '../../../src/training/people/rows.ts';
import { CROSSINGS_PER_HOLDER } from '../../../src/training/plan/attendance.ts';
import { itineraryOf, type Leg, type Plan } from '../../../src/training/plan/itinerary.ts';
import {
  type DemandSource,
  dayNumberOf,
  weekdayDemand,
} from '../../../src/training/plan/weekday.ts';
import { DAY_TROUBLE } from '../../../src/training/rates.ts';

const people = 20_000;
const population: Population = { seed: seedNumber('plan-test'), people, year: 2026 };
const plan: Plan = { population, demand: weekdayDemand };
const monday = dayNumberOf(hkDayStart('2026-03-02'));
const holders = Array.from({ length: people }, (_, i) => holderOf(population, i));

function day(dayNumber: number, of: Plan = plan): Leg[][] {
  return holders.map((holder) => itineraryOf(of, holder, dayNumber));
}

test('the seed fixes the plan; another seed makes another', () => {
  const other = { ...plan, population: { ...population, seed: seedNumber('other') } };
  expect(day(monday)).toEqual(day(monday));
  expect(day(monday, other)).not.toEqual(day(monday));
});

test('over a week nobody is in two places, and only night staff is inside at midnight', () => {
  const place: Place[] = holders.map(({ home }) => home);
  const wrong: unknown[] = [];
  for (let dayNumber = monday; dayNumber < monday + 7; dayNumber += 1) {
    for (const [index, legs] of day(dayNumber).entries()) {
      let last = 0;
      for (const leg of legs) {
        if (leg.minute <= last || leg.minute >= 1440) wrong.push([index, leg]);
        last = leg.minute;
        // Nobody came the evening before the first day.
        if (dayNumber === monday && leg.why === 'home' && legs[0] === leg) continue;
        if (leg.from !== place[index]) wrong.push([index, leg]);
        place[index] = leg.to;
      }
    }
    expect(wrong).toEqual([]);
    const inside = holders.filter(({ index }) => isArea(place[index]!));
    expect(inside.length).toBeGreaterThan(0);
    expect(inside.every(({ shift }) => shift === 'night')).toBe(true);
  }
});

test('each weekday has holders × 3 × the Spur Line week, within 3 %', () => {
  for (let dayNumber = monday; dayNumber < monday + 7; dayNumber += 1) {
    const legs = day(dayNumber).reduce((sum, one) => sum + one.length, 0);
    const wanted = people * CROSSINGS_PER_HOLDER * weekdayDemand.factorOf(dayNumber);
    expect(Math.abs(legs / wanted - 1)).toBeLessThan(0.03);
  }
});

test('a quiet day and a peak day are as quiet and as busy as asked', () => {
  for (const factor of [0, 0.05, 0.4, 1.6]) {
    const legs = day(monday, { ...plan, demand: { factorOf: () => factor } }).flat().length;
    const wanted = people * CROSSINGS_PER_HOLDER * factor;
    expect(Math.abs(legs - wanted)).toBeLessThanOrEqual(0.04 * wanted + 100);
  }
});

test('where the figures know of more visitors, more come, and the day stays as busy', () => {
  const mixOf = () => ({ residents: 0.8, mainland: 1.6, others: 1 });
  const factorOf = () => 1;
  const came = (demand: DemandSource) => {
    const days = day(monday, { ...plan, demand });
    const of = (name: string) =>
      days.filter((legs, i) => holders[i]?.class === name && legs.length > 0);
    return {
      legs: days.flat().length,
      mainland: of('mainland-visitor'),
      residents: of('hk-resident'),
    };
  };
  const usual = came({ factorOf });
  const mixed = came({ factorOf, mixOf });
  expect(mixed.mainland.length / usual.mainland.length).toBeCloseTo(1.6, 0);
  expect(mixed.mainland.length).toBeGreaterThan(usual.mainland.length * 1.4);
  expect(mixed.residents.length).toBeLessThan(usual.residents.length * 0.9);
  expect(Math.abs(mixed.legs / usual.legs - 1)).toBeLessThan(0.03);
});

function share(of: readonly Leg[], fromHour: number, toHour: number): number {
  const found = of.filter(({ minute }) => minute >= fromHour * 60 && minute < toHour * 60);
  return found.length / of.length;
}

test('commuters come in the morning over the first line and leave over it in the evening', () => {
  const passes = holders.filter((holder) => holder.class === 'special-pass');
  const legs = passes.flatMap((holder) => itineraryOf(plan, holder, monday));
  const come = legs.filter(({ why }) => why === 'come');
  const home = legs.filter(({ why }) => why === 'home');
  expect(come.every(({ from }) => from === 'beyond-first')).toBe(true);
  expect(home.every(({ to }) => to === 'beyond-first')).toBe(true);
  expect(share(come, 7, 10)).toBeGreaterThan(0.7);
  expect(share(home, 16, 21)).toBeGreaterThan(0.7);
});

test('residents come and leave over the second line; lunch goes over the inner passage', () => {
  const residents = holders.filter(({ class: name }) => name === 'hk-resident');
  const theirs = residents.flatMap((holder) => itineraryOf(plan, holder, monday));
  for (const { why, from, to } of theirs) {
    if (why === 'come') expect(from).toBe('beyond-second');
    if (why === 'home') expect(to).toBe('beyond-second');
  }
  const inner = day(monday)
    .flat()
    .filter(({ from, to }) => isArea(from) && isArea(to));
  expect(inner.length).toBeGreaterThan(people * 0.3);
  expect(share(inner, 11.5, 14.5)).toBeGreaterThan(0.4);
});

test('nobody plans to go where no permit or clearance leads, beyond the stated few', () => {
  let attempts = 0;
  let early = 0;
  let days = 0;
  for (const holder of holders) {
    const legs = itineraryOf(plan, holder, monday);
    if (holder.class !== 'special-pass') continue;
    if (legs.length > 0) days += 1;
    for (const leg of legs) {
      if (isArea(leg.to)) expect(holder.areas).toContain(leg.to);
      if (leg.to === 'beyond-second' && !holder.clearance.second) attempts += 1;
      const [from, to] = HOURS_OF[holder.shift];
      if (isArea(leg.to) && (leg.minute < from || leg.minute >= to)) early += 1;
    }
  }
  const near = (found: number, rate: number) =>
    expect(Math.abs(found - rate * days)).toBeLessThan(4 * Math.sqrt(rate * days));
  near(attempts, DAY_TROUBLE.secondLineAttempt * 0.75);
  near(early, DAY_TROUBLE.outsideHours);
});

test('escorted visitors keep to their official, step by step', () => {
  const visitors = holders.filter((holder) => holder.class === 'escorted-visitor');
  const days = visitors.map((holder) => itineraryOf(plan, holder, monday));
  expect(days.some((legs) => legs.length > 0)).toBe(true);
  expect(days.every((legs) => legs.length === 0 || legs.length === 2)).toBe(true);
});
