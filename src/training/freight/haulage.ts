import type { Badges } from '../people/badges.ts';
import type { LaneRunner } from '../world/lane-runner.ts';
import { cardOf } from '../world/make-visit.ts';
import type { VisitEnd } from '../world/visit.ts';
import {
  driverIndex,
  type Freight,
  isOther,
  type Trip,
  type TripWay,
  tagIndex,
  tripsOn,
} from './trips.ts';

/** A truck that was not let through tries again so many minutes later, and so often. */
const AGAIN_MINUTES = 30;
const TRIES = 3;

interface Due {
  readonly trip: Trip;
  readonly minute: number;
  readonly tries: number;
}

/** An unknown vehicle is; and sealed goods are where nobody has read the truck's lock yet. */
function isLookedAt(truck: number, of: Trip['class']): boolean {
  return isOther(truck) || of === 'registered-enterprise';
}

/**
 * The trucks of a zone: each comes to its lane at its minute, shows its tag and its driver's badge
 * one after the other, and is inside or outside as the gates let it through.
 */
export class Haulage {
  readonly #freight: Freight;
  readonly #badges: Badges;
  readonly #lanes: Readonly<Record<TripWay, LaneRunner>>;
  readonly #inside = new Set<number>();
  readonly #busy = new Set<number>();
  #day: number;
  #due: Due[];

  constructor(
    freight: Freight,
    badges: Badges,
    lanes: Readonly<Record<TripWay, LaneRunner>>,
    { day, minute }: { readonly day: number; readonly minute: number },
    inside: readonly number[],
  ) {
    this.#freight = freight;
    this.#badges = badges;
    this.#lanes = lanes;
    this.#day = day;
    for (const truck of inside) if (truck < freight.trucks) this.#inside.add(truck);
    // A day taken up in its middle: what lies behind is not made up for.
    this.#due = this.#dueOn(day).filter((due) => due.minute >= minute);
  }

  /** The trucks that are in the zone. */
  inside(): number[] {
    return [...this.#inside].sort((a, b) => a - b);
  }

  /** Brings the trucks up to a minute of a day. */
  tick(day: number, minute: number): void {
    if (day !== this.#day) {
      this.#day = day;
      this.#due = this.#dueOn(day);
    }
    while ((this.#due[0]?.minute ?? Number.POSITIVE_INFINITY) <= minute) {
      const due = this.#due.shift();
      if (due !== undefined) this.#drive(due);
    }
  }

  #dueOn(day: number): Due[] {
    return tripsOn(this.#freight, day).map((trip) => ({ trip, minute: trip.minute, tries: 1 }));
  }

  #drive(due: Due): void {
    const { class: of, day, tagFirst, truck, way } = due.trip;
    const isThere = this.#inside.has(truck) === (way === 'out');
    if (!isThere || this.#busy.has(truck)) return;
    this.#busy.add(truck);
    const lane = this.#lanes[way];
    const { from, to } = lane.lane;
    const tag = cardOf(this.#badges, tagIndex(this.#freight, truck));
    const badge = cardOf(this.#badges, driverIndex(this.#freight, truck));
    const reads = tagFirst ? { readBefore: tag, card: badge } : { readBefore: badge, card: tag };
    lane.join({
      ...{ index: -1, ...reads, from, to, why: 'errand', dayNumber: day },
      expects: isLookedAt(truck, of) ? 'supervisor' : 'yes',
      ...{ mishap: 'none', strangeCard: 0, heldMs: 0, moves: 0 },
      told: (end) => this.#ended(due, end),
    });
  }

  #ended({ trip, minute, tries }: Due, end: VisitEnd): void {
    const { day, truck, way } = trip;
    this.#busy.delete(truck);
    if (end === 'passed') {
      if (way === 'in') this.#inside.add(truck);
      else this.#inside.delete(truck);
      return;
    }
    if (day !== this.#day || tries >= TRIES) return;
    this.#due.push({ trip, minute: minute + AGAIN_MINUTES, tries: tries + 1 });
    this.#due.sort((a, b) => a.minute - b.minute);
  }
}
