import { seededRng } from '../../src/shared/lib/rng.ts';
import { MOST_BOARDS } from './zone/sim-site.ts';
import { type FaultName, faultNames } from './zone/strikes.ts';

/** A run, as a seed and a few words of the command line name it. */
export interface RunName {
  readonly seed: number;
  readonly hours: number;
  /** Kinds of fault left out. */
  readonly without?: readonly FaultName[] | undefined;
}

/** What the seed makes of it: each run is another zone on another bad day. */
export interface Plan {
  /** On the zone's calendar; some runs see midnight, some the end of a month. */
  readonly startMs: number;
  readonly boards: number;
  readonly eventMemory: number;
  readonly people: number;
  readonly paceMs: number;
  readonly kinds: readonly FaultName[];
  readonly rate: number;
}

const STARTS = ['2026-03-09T09:00+08:00', '2026-03-09T23:40+08:00', '2026-03-31T23:50+08:00'].map(
  (text) => Date.parse(text),
);

export function planOf({ seed, without = [] }: RunName): Plan {
  const rng = seededRng(`plan ${seed}`);
  const boards = 1 + rng.below(MOST_BOARDS);
  const people = 3 + rng.below(10);
  const share = 0.3 + rng.next() * 0.7;
  const chosen = faultNames.filter(() => rng.chance(share));
  return {
    ...{ boards, people },
    startMs: rng.pick(STARTS),
    eventMemory: rng.pick([32, 256, 256]),
    paceMs: 20_000 + rng.next() * 200_000,
    rate: 0.3 + rng.next() * 2,
    kinds: chosen.filter((name) => !without.includes(name)),
  };
}

/** The command that repeats a run. */
export function commandOf({ seed, hours, without = [] }: RunName): string {
  const left = without.length === 0 ? '' : ` --without ${without.join(',')}`;
  return `npm run test:sim -- --seed ${seed} --hours ${hours}${left}`;
}
