import type { PersonId } from '../../src/shared/domain/ids.ts';
import type { Place } from '../../src/shared/domain/place.ts';
import { type Flight, type Known, movement } from './history-people.ts';
import { PERSON, type Teller } from './history-teller.ts';

/** Passages whose end nobody saw, in a made-up history; a board or a person may tell of it. */
export class Unseen {
  readonly #teller: Teller;
  readonly #people: ReadonlyMap<PersonId, Known>;
  #flights: Flight[] = [];

  constructor(teller: Teller, people: ReadonlyMap<PersonId, Known>) {
    this.#teller = teller;
    this.#people = people;
  }

  begin(flight: Flight, why: 'gate-silent' | 'restarted'): void {
    this.#teller.emit({ kind: 'crossing.unknown', data: { ...movement(flight), why } });
    this.#flights.push(flight);
    const known = flight.person === null ? undefined : this.#people.get(flight.person);
    if (known !== undefined) known.unknown = flight.crossing;
  }

  /** The board tells of it after all. */
  toldLate(): Flight | undefined {
    return this.#teller.rng.chance(0.3) ? this.#flights.shift() : undefined;
  }

  /** A supervisor may say how one ended on which nobody's place hangs; true if so. */
  answer(): boolean {
    const { atMs, rng } = this.#teller;
    const left = this.#flights.find((flight) => !this.#isDoubt(flight));
    if (left === undefined || !rng.chance(0.5)) return false;
    const reason = this.#teller.typed();
    const passage = rng.pick(['passed', 'not-taken'] as const);
    const told = { askedMs: atMs - rng.below(600_000), passage, reason };
    this.#teller.emit({ kind: 'passage.answered', data: { ...movement(left), ...told } }, PERSON);
    this.#flights = this.#flights.filter((one) => one !== left);
    return true;
  }

  /** Who was lost by it is somewhere: at an end of its lane that settles it. */
  found(crossing: string | null, place: Place): void {
    this.#flights = this.#flights.filter(({ crossing: of, lane: { from, to } }) => {
      return of !== crossing || (place !== from && place !== to);
    });
  }

  #isDoubt({ crossing, person }: Flight): boolean {
    return person !== null && this.#people.get(person)?.unknown === crossing;
  }
}
