import type { Place } from '../../shared/domain/place.ts';
import { Draws, PURPOSE } from '../chance.ts';
import { escortedBy, escortOf } from '../people/classes.ts';
import { type Holder, holderOf, type Population, type Shift } from '../people/holder.ts';
import { HOURS_OF } from '../people/rows.ts';
import { DAY_TROUBLE } from '../rates.ts';
import { LOOP, SAN_TIN } from '../zone.ts';
import { type Attendance, attendanceOf, ESCORT_SHARE } from './attendance.ts';
import { type DemandSource, dayNumberOf } from './weekday.ts';

/** One intended crossing. */
export interface Leg {
  /** When the person is at the checkpoint, in minutes since the day's midnight, with parts. */
  readonly minute: number;
  readonly from: Place;
  readonly to: Place;
  readonly why: 'come' | 'errand' | 'return' | 'home';
}

/** Everything that fixes the days of everybody: nothing is stored per person. */
export interface Plan {
  readonly population: Population;
  readonly demand: DemandSource;
}

/** A permit that has ended brings its holder no more than now and then. */
const COMES_IN_VAIN = 0.2;
/** The end of the day in which everyone but the night staff must be out, in minutes. */
export const LAST_OUT_MINUTE = 23 * 60 + 30;

const attendances = new WeakMap<DemandSource, Map<number, Attendance>>();
/** Days whose attendance is kept; a zone looks at yesterday, today and tomorrow. */
const KEPT_DAYS = 16;

function attendance({ demand }: Plan, dayNumber: number): Attendance {
  const kept = attendances.get(demand) ?? new Map<number, Attendance>();
  attendances.set(demand, kept);
  const known = kept.get(dayNumber);
  if (known !== undefined) return known;
  const made = attendanceOf(dayNumber, demand.factorOf(dayNumber), demand.mixOf?.(dayNumber));
  if (kept.size >= KEPT_DAYS) kept.clear();
  kept.set(dayNumber, made);
  return made;
}

/** Whether the holder's permit has run out by that day. */
export function hasEnded({ year }: Population, holder: Holder, dayNumber: number): boolean {
  return dayNumber >= dayNumberOf(Date.UTC(year, 0, 1)) + holder.validToDay;
}

/** Whether somebody means to come that day. */
function comes(plan: Plan, holder: Holder, dayNumber: number): boolean {
  const draws = new Draws(plan.population.seed, PURPOSE.attendance, holder.index, dayNumber);
  const p = attendance(plan, dayNumber).comes(holder.class);
  const ended = hasEnded(plan.population, holder, dayNumber) && holder.trouble !== 'expired';
  return draws.chance(ended ? p * COMES_IN_VAIN : p);
}

function escortsToday(plan: Plan, officialIndex: number, dayNumber: number): boolean {
  const { seed } = plan.population;
  return new Draws(seed, PURPOSE.escort, officialIndex, dayNumber).chance(ESCORT_SHARE);
}

/** The visitors whom an official takes along that day; empty for everybody else. */
export function partyOf(plan: Plan, holder: Holder, dayNumber: number): readonly number[] {
  if (holder.class !== 'official' || !escortsToday(plan, holder.index, dayNumber)) return [];
  return escortedBy(holder.index).filter(
    (index) =>
      index < plan.population.people && comes(plan, holderOf(plan.population, index), dayNumber),
  );
}

/** When somebody comes and goes, in minutes, by their shift. */
function hoursOfDay(shift: Shift, draws: Draws): readonly [arrive: number, leave: number] {
  switch (shift) {
    case 'day':
      return [draws.around(8 * 60 + 25, 45), draws.around(18 * 60 + 15, 55)];
    case 'early':
      return [draws.around(6 * 60 + 10, 18), draws.around(15 * 60 + 30, 25)];
    case 'late':
      return [draws.around(12 * 60 + 40, 25), draws.around(21 * 60 + 50, 28)];
    case 'small-hours':
      return [2 + draws.next() * 80, draws.around(6 * 60, 25)];
    case 'night':
      return [draws.around(21 * 60 + 50, 22), draws.around(6 * 60 + 50, 22)];
    case 'visit': {
      const arrive = draws.around(10 * 60 + 50, 60);
      return [arrive, arrive + 60 + Math.max(40, draws.around(230, 70))];
    }
  }
}

/** Where an errand leads: another place, reached by lines that the person may use. */
function errandTo(holder: Holder, draws: Draws): Place {
  const at = draws.next();
  const both = holder.areas.length > 1;
  const other: Place = holder.workArea === LOOP ? SAN_TIN : LOOP;
  const away: Place = holder.home === 'beyond-first' ? 'beyond-second' : 'beyond-first';
  const cleared = away === 'beyond-first' ? holder.clearance.first : holder.clearance.second;
  if (both && at < 0.6) return other;
  return cleared && at > 0.85 ? away : holder.home;
}

/** Of those who go out once a day: at noon, for lunch; the rest at any time. */
const LUNCH_SHARE = 0.55;
/** Shortest part of a day that an errand takes with the walks, in minutes. */
const ERRAND_MINUTES = 45;

/** The day's errands between coming and leaving: lunch when there is one, spread when more. */
function errandLegs(
  holder: Holder,
  mean: number,
  [arrive, leave]: readonly [number, number],
  draws: Draws,
): Leg[] {
  const start = arrive + 15;
  const length = leave - 20 - start;
  const wanted = Math.floor(mean) + (draws.chance(mean % 1) ? 1 : 0);
  const attempt =
    holder.class === 'special-pass' &&
    !holder.clearance.second &&
    draws.chance(DAY_TROUBLE.secondLineAttempt);
  const count = Math.min(Math.max(wanted, attempt ? 1 : 0), Math.floor(length / ERRAND_MINUTES));
  const legs: Leg[] = [];
  const window = length / count;
  for (let i = 0; i < count; i += 1) {
    const opens = start + i * window;
    const away = 18 + draws.next() * Math.min(42, window * 0.4);
    const room = window - away - 8;
    const lunch = draws.around(12 * 60 + 30, 32);
    const free = opens + draws.next() * room;
    const eats = draws.chance(LUNCH_SHARE) && lunch > opens && lunch < opens + room;
    const out = count === 1 && eats ? lunch : free;
    const to = attempt && i === 0 ? 'beyond-second' : errandTo(holder, draws);
    legs.push({ minute: out, from: holder.workArea, to, why: 'errand' });
    legs.push({ minute: out + away, from: to, to: holder.workArea, why: 'return' });
  }
  return legs;
}

/** Night staff go home in the morning, if they came the evening before, and come in the evening. */
function nightLegs(plan: Plan, holder: Holder, dayNumber: number, draws: Draws): Leg[] {
  const [arrive, leave] = hoursOfDay('night', draws);
  const { home, workArea } = holder;
  const legs: Leg[] = [];
  if (comes(plan, holder, dayNumber - 1)) {
    legs.push({ minute: leave, from: workArea, to: home, why: 'home' });
  }
  if (comes(plan, holder, dayNumber)) {
    legs.push({ minute: arrive, from: home, to: workArea, why: 'come' });
  }
  return legs;
}

/**
 * What somebody means to do on a day: crossings in order of time, each beginning where the one
 * before ended. Empty when they stay away. The same plan, person and day give the same legs.
 */
export function itineraryOf(plan: Plan, holder: Holder, dayNumber: number): Leg[] {
  const { seed, people } = plan.population;
  if (holder.class === 'escorted-visitor') {
    const escort = escortOf(holder.index);
    if (escort >= people || !comes(plan, holder, dayNumber)) return [];
    if (!escortsToday(plan, escort, dayNumber)) return [];
    return itineraryOf(plan, holderOf(plan.population, escort), dayNumber);
  }
  const draws = new Draws(seed, PURPOSE.itinerary, holder.index, dayNumber);
  if (holder.shift === 'night') return nightLegs(plan, holder, dayNumber, draws);
  if (!comes(plan, holder, dayNumber)) return [];
  const [earliest, latest] = HOURS_OF[holder.shift];
  const drawn = hoursOfDay(holder.shift, draws);
  const tooEarly = holder.class === 'special-pass' && draws.chance(DAY_TROUBLE.outsideHours);
  const kept = Math.max(earliest + 2, drawn[0]);
  const arrive = tooEarly && earliest > 60 ? earliest - 10 - draws.below(30) : kept;
  const leave = Math.min(latest - 30, LAST_OUT_MINUTE, Math.max(arrive + 60, drawn[1]));
  const { home, workArea } = holder;
  const escorting = holder.class === 'official' && escortsToday(plan, holder.index, dayNumber);
  const mean = escorting ? 0 : attendance(plan, dayNumber).errands;
  return [
    { minute: arrive, from: home, to: workArea, why: 'come' },
    ...errandLegs(holder, mean, [arrive, leave], draws),
    { minute: leave, from: workArea, to: home, why: 'home' },
  ];
}
