import type { ConsignmentClass } from '../../shared/domain/line.ts';
import { Draws, PURPOSE } from '../chance.ts';

/** How many trucks the zone has, and from which day on they have time slots. */
export interface Freight {
  readonly seed: number;
  /** Permit holders of the zone: tags and drivers' badges are numbered after theirs. */
  readonly people: number;
  readonly trucks: number;
  /** Days since 1970 on the Hong Kong calendar. */
  readonly fromDay: number;
}

export const MAX_TRUCKS = 200;
/** Days from the first on that have time slots; after them no truck comes any more. */
export const FREIGHT_DAYS = 7;

export type TripWay = 'in' | 'out';

/** One crossing of one truck, with what it carries. */
export interface Trip {
  readonly truck: number;
  readonly day: number;
  readonly way: TripWay;
  /** Minute of the day. */
  readonly minute: number;
  readonly class: ConsignmentClass;
  /** The tag is shown before the driver's badge. */
  readonly tagFirst: boolean;
}

/** Beyond the badges that nobody has, which strangers hold to the readers. */
const AFTER_STRANGERS = 1000;
/** From, and so many minutes long: into the zone before noon, out of it after. */
const HOURS: Readonly<Record<TripWay, readonly [number, number]>> = {
  in: [6 * 60 + 30, 5 * 60],
  out: [13 * 60, 5 * 60],
};
const CLASSES_IN: readonly ConsignmentClass[] = [
  ...(['registered-enterprise', 'registered-enterprise', 'research'] as const),
];
const CLASSES_OUT: readonly ConsignmentClass[] = ['registered-enterprise', 'zone-origin'];
/** Every so many trucks one is of class `other`, which a person must look at. */
const OTHERS = 10;

/** The number of a truck's tag among all badges. */
export function tagIndex({ people }: Freight, truck: number): number {
  return people + AFTER_STRANGERS + 2 * truck;
}

/** The number of its driver's badge and permit. */
export function driverIndex(freight: Freight, truck: number): number {
  return tagIndex(freight, truck) + 1;
}

export function isOther(truck: number): boolean {
  return truck % OTHERS === OTHERS - 1;
}

/** Both trips of a truck on a day, the way in first; none outside the days with time slots. */
export function tripsOf(freight: Freight, truck: number, day: number): readonly Trip[] {
  const { fromDay, seed } = freight;
  if (day < fromDay || day >= fromDay + FREIGHT_DAYS) return [];
  const draws = new Draws(seed, PURPOSE.freight, truck, day);
  const trip = (way: TripWay, classes: readonly ConsignmentClass[]): Trip => {
    const [from, minutes] = HOURS[way];
    const minute = from + draws.below(minutes);
    return { truck, day, way, minute, class: draws.pick(classes), tagFirst: draws.chance(0.5) };
  };
  return [trip('in', CLASSES_IN), trip('out', CLASSES_OUT)];
}

/** Every trip of a day in the order of their minutes. */
export function tripsOn(freight: Freight, day: number): Trip[] {
  const trucks = Array.from({ length: freight.trucks }, (_, truck) => truck);
  const trips = trucks.flatMap((truck) => tripsOf(freight, truck, day));
  return trips.sort((a, b) => a.minute - b.minute || a.truck - b.truck);
}
