import type { Place } from '../../shared/domain/place.ts';
import { isArea } from '../../shared/domain/place.ts';
import { type Holder, holderOf, type Population } from '../people/holder.ts';
import { PLACES } from '../zone.ts';

/** More tries than this are not told apart. */
const MOST = 255;

/**
 * Where everybody truly is, and how far their day has come: a few bytes a person, so that a million
 * fit into memory. What the gates let through is all that moves anyone.
 */
export class Crowd {
  readonly population: Population;
  readonly #place: Uint8Array;
  readonly #home: Uint8Array;
  readonly #leg: Uint8Array;
  readonly #tries: Uint8Array;
  readonly #busy: Uint8Array;

  constructor(population: Population) {
    this.population = population;
    const { people } = population;
    this.#place = new Uint8Array(people);
    this.#leg = new Uint8Array(people);
    this.#tries = new Uint8Array(people);
    this.#busy = new Uint8Array(people);
    for (let i = 0; i < people; i += 1) this.#place[i] = PLACES.indexOf(this.holder(i).home);
    this.#home = this.#place.slice();
  }

  holder(index: number): Holder {
    return holderOf(this.population, index);
  }

  place(index: number): Place {
    return PLACES[this.#place[index] ?? 0] ?? 'beyond-first';
  }

  move(index: number, to: Place): void {
    this.#place[index] = PLACES.indexOf(to);
  }

  /** The next leg of the day, counted from 0. */
  leg(index: number): number {
    return this.#leg[index] ?? 0;
  }

  setLeg(index: number, leg: number): void {
    this.#leg[index] = Math.min(MOST, leg);
    this.#tries[index] = 0;
  }

  /** How often the present leg was tried in vain. */
  tries(index: number): number {
    return this.#tries[index] ?? 0;
  }

  /** Counts one more try in vain, and says how many there are now. */
  triedAgain(index: number): number {
    const tries = Math.min(MOST, (this.#tries[index] ?? 0) + 1);
    this.#tries[index] = tries;
    return tries;
  }

  /** At a checkpoint: in a queue, at a reader, waiting for a supervisor. */
  isBusy(index: number): boolean {
    return this.#busy[index] === 1;
  }

  setBusy(index: number, busy: boolean): void {
    this.#busy[index] = busy ? 1 : 0;
  }

  /** Midnight: everyone's legs count from 0 again. */
  newDay(): void {
    this.#leg.fill(0);
    this.#tries.fill(0);
  }

  /** Everyone for whom the question is answered with yes; looks at one byte a person first. */
  *inAreas(): Generator<number> {
    for (let i = 0; i < this.#place.length; i += 1) if ((this.#place[i] ?? 0) >= 2) yield i;
  }

  /** How many are in each place. */
  counts(): Record<string, number> {
    const counts = PLACES.map(() => 0);
    for (const at of this.#place) counts[at] = (counts[at] ?? 0) + 1;
    return Object.fromEntries(PLACES.map((place, i) => [place, counts[i] ?? 0]));
  }

  /**
   * Whoever ended the day beyond the other line than the one they live behind went home round the
   * zone, by an ordinary control point.
   */
  goHomeRound(): void {
    for (let i = 0; i < this.#place.length; i += 1) {
      if (!this.isBusy(i) && !isArea(this.place(i))) this.#place[i] = this.#home[i] ?? 0;
    }
  }

  /** The places as bytes, to be kept over a restart. */
  bytes(): Uint8Array {
    return this.#place.slice();
  }

  /** False, and nothing changes, where the bytes are another crowd's. */
  restore(bytes: Uint8Array): boolean {
    if (bytes.length !== this.#place.length) return false;
    if (bytes.some((at) => at >= PLACES.length)) return false;
    this.#place.set(bytes);
    return true;
  }
}
