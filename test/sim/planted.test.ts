import { expect, test } from 'vitest';
import type { InvariantName } from './check/invariant.ts';
import {
  callsCommittedWhatIsNot,
  changesOnTheWay,
  forgetsExits,
  leavesPeopleBehind,
  losesDoorEvents,
  neverSaysHowItEnded,
  opensBeforeDeciding,
  passesOverAnEvent,
  rewritesHistory,
  sendsAgainAfterRestart,
  sendsLate,
  sendsTwice,
  staysWithOldLists,
  takesChanceFromElsewhere,
  takesLateForLive,
  throwsInAStep,
} from './planted-bugs.ts';
import { simulate } from './simulation.ts';
import type { PlantedParts } from './zone/sim-engine.ts';
import { type FaultName, faultNames } from './zone/strikes.ts';

/** Seeds to try at the most before a bug counts as not found. */
const SEEDS = 6;
const HOURS = 0.5;

/** Runs seeds with the bug in place, looking at one invariant only, until that one is broken. */
async function foundBy(
  invariant: InvariantName,
  bug: () => PlantedParts,
  kept: readonly FaultName[] = [],
): Promise<string> {
  const without = faultNames.filter((name) => !kept.includes(name));
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const run = { seed, hours: HOURS, without, planted: bug(), only: invariant };
    const { violations } = await simulate(run);
    const [first] = violations;
    if (first !== undefined) return first.invariant;
  }
  return 'nothing';
}

const BUGS: readonly (readonly [InvariantName, () => PlantedParts, readonly FaultName[]])[] = [
  ['occupancy', forgetsExits, []],
  ['two-places', leavesPeopleBehind, []],
  ['open-without-admit', opensBeforeDeciding, []],
  ['opened-twice', sendsTwice, []],
  ['opened-late', sendsLate, []],
  ['acknowledged-lost', callsCommittedWhatIsNot, []],
  ['late', takesLateForLive, ['unplug', 'kill', 'stop']],
  ['relied', staysWithOldLists, ['dataset']],
  ['centre', changesOnTheWay, []],
  ['chain', rewritesHistory, []],
  ['projections', passesOverAnEvent, []],
  ['board-events', losesDoorEvents, []],
  ['resent', sendsAgainAfterRestart, ['kill', 'stop']],
  ['settles', neverSaysHowItEnded, []],
  ['crashed', throwsInAStep, []],
];

test.each(BUGS)('a planted bug is found by "%s": %o', async (invariant, bug, kept) => {
  expect(await foundBy(invariant, bug, kept)).toBe(invariant);
});

test('chance that no seed knows of is found: two runs of a seed differ', async () => {
  const run = { seed: 3, hours: 0.1, planted: takesChanceFromElsewhere() };
  const [one, two] = [await simulate(run), await simulate(run)];
  expect(one.headHash).not.toBe(two.headHash);
});
