import { type Credential, h10301 } from '../../shared/domain/credential.ts';
import { Draws, PURPOSE } from '../chance.ts';

/** Facilities and cards of 26-bit badges count from 1: board number 0 means no card. */
const FACILITIES = 255;
const CARDS = 65_535;
const BADGES = FACILITIES * CARDS;
/** A prime that divides neither count, so that walking by it meets every badge once. */
const STEP = 7_368_787;

/** Everyone's badge, and badges that nobody has, of a zone with this seed. */
export class Badges {
  readonly #start: number;

  constructor(seed: number) {
    this.#start = new Draws(seed, PURPOSE.credentials).below(BADGES);
  }

  /** The n-th badge; numbers from `people` on are badges that nobody was given. */
  badge(index: number): Credential {
    const at = (this.#start + index * STEP) % BADGES;
    return h10301(Math.floor(at / CARDS) + 1, (at % CARDS) + 1);
  }
}
