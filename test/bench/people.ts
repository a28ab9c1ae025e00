import type { ReadableDb } from '../../src/main/engine/store/database.ts';
import type { Rng } from '../../src/shared/lib/rng.ts';
import { AREA } from './zone.ts';

/** People who cross: three times a day each, at 300,000 crossings a day. */
export const PEOPLE = 100_000;
/** Somebody who has just crossed is left alone for so many others. */
const RESTING = 2_000;

/** Picks who crosses next, and which way: whoever is inside goes out. */
export class People {
  readonly #rng: Rng;
  readonly #inside: Set<number>;
  readonly #resting = new Set<number>();

  constructor(rng: Rng, inside: Iterable<number> = []) {
    this.#rng = rng;
    this.#inside = new Set(inside);
  }

  /** The people that a journal knows, each where it has them. */
  static of(db: ReadableDb, rng: Rng): People {
    const rows = db.query<[string], { person: string }>(
      'SELECT person FROM presence WHERE place = ?',
    );
    const inside = rows.all(AREA).map(({ person }) => Number(person.slice('P-'.length)));
    return new People(rng, inside);
  }

  next(): { readonly who: number; readonly direction: 'in' | 'out' } {
    let who = this.#rng.below(PEOPLE);
    while (this.#resting.has(who)) who = this.#rng.below(PEOPLE);
    this.#resting.add(who);
    for (const rested of this.#resting) {
      if (this.#resting.size <= RESTING) break;
      this.#resting.delete(rested);
    }
    if (this.#inside.delete(who)) return { who, direction: 'out' };
    this.#inside.add(who);
    return { who, direction: 'in' };
  }
}
