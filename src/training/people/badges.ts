import { type Credential, h10301 } from '../../shared/domain/credential.ts';
import { Draws, PURPOSE } from '../chance.ts';

/** Facilities and cards of 26-bit badges count from 1: board number 0 means no card. */
const FACILITIES = 255;
const CARDS = 65_535;
const BADGES = FACILITIES * CARDS;
/** A prime that divides neither count, so that walking by it meets every badge once. */
const STEP = 7_368_787;
/** What a step is undone by: STEP × STEP_BACK = 1 modulo the number of badges. */
const STEP_BACK = inverse(STEP, BADGES);

function inverse(value: number, modulus: number): number {
  let [a, b] = [BigInt(value), BigInt(modulus)];
  let [x, y] = [1n, 0n];
  while (b !== 0n) {
    [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  }
  return Number(((x % BigInt(modulus)) + BigInt(modulus)) % BigInt(modulus));
}

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

  /** Whose number a badge has; null for what is no 26-bit badge of these. */
  indexOf(credential: string): number | null {
    const match = /^h10301\/(\d{1,3})\/(\d{1,5})$/.exec(credential);
    if (match === null) return null;
    const [facility, card] = [Number(match[1]), Number(match[2])];
    if (facility < 1 || facility > FACILITIES || card < 1 || card > CARDS) return null;
    const steps = (facility - 1) * CARDS + (card - 1) - this.#start + BADGES;
    return Number((BigInt(steps) * BigInt(STEP_BACK)) % BigInt(BADGES));
  }
}
