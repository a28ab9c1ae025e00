import type { Plan } from '../plan/itinerary.ts';
import { dayNumberOf, dayStartMs } from '../plan/weekday.ts';
import { Agenda } from './agenda.ts';
import type { Course } from './course.ts';
import type { Crowd } from './crowd.ts';

const MINUTE_MS = 60_000;
const MINUTES = 1440;
/** People put into tomorrow's agenda at a time: under a millisecond of work. */
const PREPARED_AT_ONCE = 500;

/**
 * Who is due when: today's agenda, minute by minute, and tomorrow's, which is filled little by
 * little while today goes on, so that midnight takes no longer than any other minute.
 */
export class DayBook {
  readonly #plan: Plan;
  readonly #crowd: Crowd;
  readonly #course: Course;
  #dayNumber: number;
  /** The next minute of today that nobody has been called in yet. */
  #minute: number;
  #today: Agenda;
  #tomorrow: Agenda;
  #prepared = 0;

  constructor(plan: Plan, crowd: Crowd, course: Course, wallMs: number) {
    this.#plan = plan;
    this.#crowd = crowd;
    this.#course = course;
    this.#dayNumber = dayNumberOf(wallMs);
    this.#minute = Math.floor((wallMs - dayStartMs(this.#dayNumber)) / MINUTE_MS);
    const { people } = plan.population;
    this.#today = new Agenda(people);
    this.#tomorrow = new Agenda(people);
    course.prepare(this.#today, this.#dayNumber, 0, people);
    course.leftOver(this.#today);
    for (let past = 0; past < this.#minute; past += 1) {
      for (const index of this.#today.take(past)) {
        const minute = course.takeUp(index, this.#dayNumber, this.#minute);
        this.add(minute ?? this.#minute, index);
      }
    }
  }

  dayNumber(): number {
    return this.#dayNumber;
  }

  /** Minutes since the day's midnight, with parts; may lie beyond 1440 while midnight is near. */
  minuteAt(wallMs: number): number {
    return (wallMs - dayStartMs(this.#dayNumber)) / MINUTE_MS;
  }

  /** Looks at somebody again from a minute of today on; later than today is forgotten. */
  add(minute: number, index: number): void {
    this.#today.add(Math.max(this.#minute, minute), index);
  }

  /**
   * Everyone due up to a moment who has not been called yet, minute by minute. Passes midnight:
   * `onMidnight` is called between the two days.
   */
  due(wallMs: number, call: (index: number) => void, onMidnight: () => void): void {
    while (dayStartMs(this.#dayNumber) + this.#minute * MINUTE_MS <= wallMs) {
      if (this.#minute >= MINUTES) this.#turn(onMidnight);
      else {
        const minute = this.#minute;
        this.#minute += 1;
        for (const index of this.#today.take(minute)) call(index);
      }
    }
    this.#prepare(PREPARED_AT_ONCE);
  }

  #prepare(count: number): void {
    const { people } = this.#plan.population;
    const to = Math.min(people, this.#prepared + count);
    if (to === this.#prepared) return;
    this.#course.prepare(this.#tomorrow, this.#dayNumber + 1, this.#prepared, to);
    this.#prepared = to;
  }

  #turn(onMidnight: () => void): void {
    this.#prepare(this.#plan.population.people);
    this.#dayNumber += 1;
    this.#minute = 0;
    this.#prepared = 0;
    this.#today = this.#tomorrow;
    this.#tomorrow = new Agenda(this.#plan.population.people);
    this.#crowd.newDay();
    this.#crowd.goHomeRound();
    this.#course.leftOver(this.#today);
    onMidnight();
  }
}
