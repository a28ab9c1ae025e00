/**
 * Chance for a crowd: every person and day has draws of its own, found again from the seed alone,
 * so that a million people need no stored plan. Counter-based; the mixer is a 32-bit finaliser with
 * low bias (Wellons' "lowbias32" constants).
 */
function mixed(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return (h ^ (h >>> 15)) >>> 0;
}

/** A seed text as the 32-bit number that `Draws` start from (FNV-1a). */
export function seedNumber(seed: string): number {
  let h = 2166136261;
  for (let i = 0; i < seed.length; i += 1) h = Math.imul(h ^ seed.charCodeAt(i), 16777619);
  return mixed(h);
}

/** What a series of draws is for; two purposes never share their numbers. */
export const PURPOSE = {
  holder: 1,
  name: 2,
  attendance: 3,
  itinerary: 4,
  escort: 5,
  crossing: 6,
  faults: 7,
  credentials: 8,
  freight: 9,
  station: 10,
} as const;
export type Purpose = (typeof PURPOSE)[keyof typeof PURPOSE];

export class Draws {
  #state: number;

  constructor(seed: number, purpose: Purpose, who = 0, when = 0) {
    this.#state = mixed(mixed(mixed(seed + purpose * 0x9e3779b9) + who) + when);
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    return mixed(this.#state) / 4294967296;
  }

  /** An integer in [0, n). */
  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  chance(p: number): boolean {
    return this.next() < p;
  }

  /** One of a non-empty list. */
  pick<T>(list: readonly T[]): T {
    const item = list[this.below(list.length)];
    if (item === undefined) throw new Error('pick from an empty list');
    return item;
  }

  /** Roughly normal (three draws summed), never further than 3 deviations from the middle. */
  around(middle: number, deviation: number): number {
    return middle + (this.next() + this.next() + this.next() - 1.5) * 2 * deviation;
  }
}
