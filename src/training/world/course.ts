import { isArea } from '../../shared/domain/place.ts';
import { Draws, PURPOSE } from '../chance.ts';
import type { Holder } from '../people/holder.ts';
import { itineraryOf, type Leg, type Plan } from '../plan/itinerary.ts';
import type { Agenda } from './agenda.ts';
import type { Crowd } from './crowd.ts';
import type { Visit, VisitEnd } from './visit.ts';

/** Times a person tries the same crossing in a day before giving it up. */
const TRIES = { come: 3, errand: 1, return: 3, home: 24 } as const;
/** Minutes before the next try, drawn between the two. */
const AGAIN_MINUTES = { come: [15, 40], errand: [0, 0], return: [10, 25], home: [6, 20] } as const;
/** Who should not be inside at all goes home in this part of the morning, in minutes. */
const LEFT_OVER_HOME = [7 * 60, 8 * 60 + 30] as const;
/** Between two crossings lies at least this, in minutes. */
const LEAST_BETWEEN = 4;
const GAVE_UP_THE_DAY = 255;

/**
 * What everybody does next, by plan and by where they truly are: whoever was refused does not try
 * to leave where they never entered, and whoever is stranded goes home from there.
 */
export class Course {
  readonly #plan: Plan;
  readonly #crowd: Crowd;

  constructor(plan: Plan, crowd: Crowd) {
    this.#plan = plan;
    this.#crowd = crowd;
  }

  /** The next crossing of the day, which may be due already; null when there is none. */
  next(holder: Holder, dayNumber: number): Leg | null {
    const { index } = holder;
    const place = this.#crowd.place(index);
    const legs = itineraryOf(this.#plan, holder, dayNumber);
    for (let at = this.#crowd.leg(index); at < legs.length; at += 1) {
      const leg = legs[at];
      if (leg === undefined) break;
      // The last way home leads from wherever one is.
      const fromHere = leg.why === 'home' && isArea(place) && holder.shift !== 'night';
      if (leg.from !== place && !fromHere) continue;
      if (at !== this.#crowd.leg(index)) this.#crowd.setLeg(index, at);
      return { ...leg, from: place };
    }
    if (!isArea(place) || (holder.shift === 'night' && legs.length > 0)) return null;
    // Inside without a plan for it: left over from a day that went wrong.
    const draws = new Draws(this.#plan.population.seed, PURPOSE.itinerary, index, -dayNumber);
    const [from, to] = LEFT_OVER_HOME;
    const minute = from + draws.below(to - from);
    return { minute, from: place, to: holder.home, why: 'home' };
  }

  /**
   * After a visit: moves the person on in their day. Returns the minute from which they are to be
   * looked at again, null when they have nothing more to do today.
   */
  ended(
    visit: Visit,
    end: VisitEnd,
    today: number,
    nowMinute: number,
    draws: Draws,
  ): number | null {
    const { index, why } = visit;
    if (end === 'passed') this.#crowd.move(index, visit.to);
    // Over midnight the day's plan has become another one, which begins anew from here.
    if (visit.dayNumber !== today) return nowMinute + LEAST_BETWEEN;
    if (end === 'passed') {
      this.#crowd.setLeg(index, this.#crowd.leg(index) + 1);
      return nowMinute + LEAST_BETWEEN;
    }
    const tries = this.#crowd.triedAgain(index);
    const hopeless = visit.expects !== 'yes' && why !== 'home';
    if (!hopeless && tries < TRIES[why]) {
      const [from, to] = AGAIN_MINUTES[why];
      return nowMinute + from + draws.below(to - from + 1);
    }
    // An errand that failed is dropped, and the day goes on; anything else ends the day.
    this.#crowd.setLeg(index, why === 'errand' ? this.#crowd.leg(index) + 1 : GAVE_UP_THE_DAY);
    return why === 'errand' ? nowMinute + LEAST_BETWEEN : null;
  }

  /**
   * A day taken up in its middle: what lies behind is not made up for. Returns the minute of the
   * person's next crossing; null when they have none.
   */
  takeUp(index: number, dayNumber: number, nowMinute: number): number | null {
    const legs = itineraryOf(this.#plan, this.#crowd.holder(index), dayNumber);
    if (legs.length === 0) return null;
    const ahead = legs.findIndex(({ minute }) => minute > nowMinute);
    const at = ahead < 0 ? legs.length - 1 : ahead;
    this.#crowd.setLeg(index, at);
    return Math.max(nowMinute, legs[at]?.minute ?? nowMinute);
  }

  /** Puts a run of people into a day's agenda, each at their first crossing by the plan. */
  prepare(agenda: Agenda, dayNumber: number, from: number, to: number): void {
    for (let index = from; index < to; index += 1) {
      const holder = this.#crowd.holder(index);
      // Escorted visitors come along with their official.
      if (holder.class === 'escorted-visitor') continue;
      const first = itineraryOf(this.#plan, holder, dayNumber)[0];
      if (first !== undefined) agenda.add(first.minute, index);
    }
  }

  /** Midnight: whoever is inside and has no day planned is looked at in the morning. */
  leftOver(agenda: Agenda): void {
    for (const index of this.#crowd.inAreas()) agenda.add(LEFT_OVER_HOME[0], index);
  }
}
